package dev.sinter.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static Batches shuffled(int size, int batch, long seed) {
        return Batches.shuffled(new NumberedExamples(size), batch, seed);
    }

    private static int[] epoch(Batches batches, int epoch) {
        return IntStream.range(0, batches.perEpoch())
                .flatMap(number -> Arrays.stream(batches.indices(epoch, number)))
                .toArray();
    }

    @Property
    void an_epoch_has_no_example_twice_and_leaves_out_less_than_a_batch(
            @ForAll @IntRange(min = 1, max = 40) int batch, @ForAll @IntRange(max = 100) int more, @ForAll long seed) {
        int[] seen = epoch(shuffled(batch + more, batch, seed), 3);
        assertEquals(seen.length, Arrays.stream(seen).distinct().count());
        assertEquals((batch + more) / batch * batch, seen.length);
    }

    @Test
    void an_epoch_that_divides_evenly_has_every_example() {
        int[] seen = epoch(shuffled(60, 20, 1), 0);
        assertArrayEquals(
                IntStream.range(0, 60).toArray(), Arrays.stream(seen).sorted().toArray());
    }

    @Test
    void an_epoch_follows_from_seed_and_number_alone() {
        Batches batches = shuffled(50, 10, 1);
        int[] third = epoch(batches, 3);
        assertFalse(Arrays.equals(third, epoch(batches, 4)));
        assertArrayEquals(third, epoch(batches, 3));
        assertArrayEquals(third, epoch(shuffled(50, 10, 1), 3));
        assertFalse(Arrays.equals(third, epoch(shuffled(50, 10, 2), 3)));
    }

    @Test
    void in_order_the_last_batch_begins_again_at_the_first_example() {
        Batches batches = Batches.inOrder(new NumberedExamples(5), 3);
        assertEquals(2, batches.perEpoch());
        assertArrayEquals(new int[] {3, 4, 0}, batches.indices(0, 1));
        assertEquals(3, batches.count(0));
        assertEquals(2, batches.count(1));
    }

    @Test
    void a_batch_larger_than_all_examples_is_filled_by_repeating_them() {
        Batches batches = Batches.inOrder(new NumberedExamples(2), 5);
        assertArrayEquals(new int[] {0, 1, 0, 1, 0}, batches.indices(0, 0));
    }

    @Test
    void pixels_are_as_they_were_and_targets_are_one_hot() {
        Batches batches = Batches.inOrder(new NumberedExamples(4), 2);
        Tensor pictures = Tensor.allocate(TensorType.float32(2, 1, 1, 1));
        Tensor targets = Tensor.filled(TensorType.float32(2, 2), 9);
        batches.fill(0, 1, pictures, targets);
        assertArrayEquals(new float[] {2, 3}, pictures.toFloats());
        assertArrayEquals(new float[] {1, 0, 0, 1}, targets.toFloats());
    }

    @Test
    void a_network_may_take_examples_as_rows() {
        Tensor pictures = Tensor.allocate(TensorType.float32(2, 1));
        Batches.inOrder(new NumberedExamples(2), 2).fill(0, 0, pictures, Tensor.allocate(TensorType.float32(2, 2)));
        assertEquals(1, pictures.get(1));
    }

    @Test
    void a_tensor_of_another_shape_is_told() {
        Batches batches = shuffled(10, 2, 1);
        Tensor pictures = Tensor.allocate(TensorType.float32(2, 1, 1, 1));
        CompileException wide = assertThrows(
                CompileException.class, () -> batches.fill(0, 0, pictures, Tensor.allocate(TensorType.float32(2, 3))));
        assertEquals(Code.INPUT_SHAPE, wide.code());
        assertEquals("the tensor is [2,3] but the batch takes [2,2], a column for each class", wide.fact());
        CompileException tall = assertThrows(
                CompileException.class,
                () -> batches.fill(
                        0,
                        0,
                        Tensor.allocate(TensorType.float32(3, 1, 1, 1)),
                        Tensor.allocate(TensorType.float32(2, 2))));
        assertEquals(
                "the tensor is [3,1,1,1] but the batch takes [2, ...] with 1 numbers for each example", tall.fact());
    }

    @Test
    void too_few_examples_for_a_batch_are_told() {
        CompileException fault = assertThrows(CompileException.class, () -> shuffled(20, 32, 1));
        assertEquals("has 20 examples but one batch takes 32", fault.fact());
    }
}
