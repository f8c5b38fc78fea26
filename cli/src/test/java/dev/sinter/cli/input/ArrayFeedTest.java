package dev.sinter.cli.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ArrayFeedTest {
    private static SampleInput input(ElementType element, long... sample) {
        return new SampleInput("x", TensorType.of(element, sample), true);
    }

    private static Feed feed(Tensor array, SampleInput input, Preparation preparation) {
        return ArrayFeed.of(array, "a", input, preparation);
    }

    @Test
    void rows_are_samples() {
        Feed feed = feed(
                Tensor.ofFloats(Shape.of(3, 2), 0, 1, 2, 3, 4, 5), input(ElementType.FLOAT32, 1, 2), Preparation.NONE);
        assertEquals(3, feed.count());
        assertArrayEquals(new float[] {4, 5}, feed.sample(2).toFloats());
        assertEquals(TensorType.float32(1, 2), feed.sample(2).type());
    }

    @Test
    void an_array_without_the_dimension_of_the_batch_is_one_sample() {
        assertEquals(
                1,
                feed(Tensor.ofFloats(Shape.of(2), 0, 1), input(ElementType.FLOAT32, 1, 2), Preparation.NONE)
                        .count());
    }

    @Test
    void channels_are_moved_to_either_side() {
        Preparation last = Preparation.NONE.withArrays(ArrayLayout.NHWC);
        Preparation first = Preparation.NONE.withArrays(ArrayLayout.NCHW);
        Tensor channelsLast = Tensor.ofFloats(Shape.of(1, 2, 1, 3), 0, 10, 20, 1, 11, 21);
        Tensor channelsFirst = Tensor.ofFloats(Shape.of(1, 3, 2, 1), 0, 1, 10, 11, 20, 21);
        assertArrayEquals(
                channelsFirst.toFloats(),
                feed(channelsLast, input(ElementType.FLOAT32, 1, 3, 2, 1), last)
                        .sample(0)
                        .toFloats());
        assertArrayEquals(
                channelsLast.toFloats(),
                feed(channelsFirst, input(ElementType.FLOAT32, 1, 2, 1, 3), first)
                        .sample(0)
                        .toFloats());
        assertArrayEquals(
                channelsFirst.toFloats(),
                feed(channelsFirst, input(ElementType.FLOAT32, 1, 3, 2, 1), first)
                        .sample(0)
                        .toFloats());
    }

    @Test
    void floats_are_rounded_to_the_type_that_the_network_takes() {
        Tensor doubles = Tensor.filled(TensorType.of(ElementType.FLOAT64, 1, 1), 0.1);
        Tensor sample = feed(doubles, input(ElementType.FLOAT32, 1, 1), Preparation.NONE)
                .sample(0);
        assertEquals((double) 0.1f, sample.get(0));
    }

    @Test
    void integers_become_floats_but_floats_no_integers() {
        Tensor bytes = Tensor.filled(TensorType.of(ElementType.UINT8, 1, 1), 200);
        assertEquals(
                200.0,
                feed(bytes, input(ElementType.FLOAT32, 1, 1), Preparation.NONE)
                        .sample(0)
                        .get(0));
        Tensor floats = Tensor.filled(TensorType.float32(1, 1), 200);
        CompileException fault = assertThrows(
                CompileException.class, () -> feed(floats, input(ElementType.INT32, 1, 1), Preparation.NONE));
        assertEquals(Code.INPUT_TYPE, fault.code());
    }

    @Test
    void integers_that_do_not_fit_are_told() {
        Feed feed = feed(Tensor.ofLongs(Shape.of(2, 1), 127, 128), input(ElementType.INT8, 1, 1), Preparation.NONE);
        assertEquals(127, feed.sample(0).getLong(0));
        CompileException fault = assertThrows(CompileException.class, () -> feed.sample(1));
        assertTrue(fault.getMessage().contains("a[1]: holds 128, which is no i8"), fault.getMessage());
    }

    @Test
    void fractions_are_not_made_for_a_network_that_takes_integers() {
        Normalisation half = new Normalisation(0.5, Normalisation.NONE.mean(), Normalisation.NONE.deviation());
        Preparation halving =
                new Preparation(half, ChannelOrder.RGB, Optional.empty(), OptionalInt.empty(), OptionalInt.empty());
        Tensor bytes = Tensor.filled(TensorType.of(ElementType.UINT8, 1, 1), 200);
        assertThrows(CompileException.class, () -> feed(bytes, input(ElementType.UINT8, 1, 1), halving));
    }
}
