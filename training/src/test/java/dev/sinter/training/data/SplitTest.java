package dev.sinter.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.ir.diag.CompileException;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static int[] members(Dataset part) {
        return IntStream.range(0, part.size())
                .map(((Subset) part)::indexInWhole)
                .toArray();
    }

    @Property
    void the_parts_share_nothing_and_cover_everything(
            @ForAll @IntRange(min = 2, max = 300) int size, @ForAll long seed) {
        Split split = Split.shuffled(new NumberedExamples(size), 0.4, seed);
        int[] all = IntStream.concat(Arrays.stream(members(split.training())), Arrays.stream(members(split.test())))
                .sorted()
                .toArray();
        assertArrayEquals(IntStream.range(0, size).toArray(), all);
        assertEquals(Math.round(size * 0.4), split.test().size());
    }

    @Test
    void the_seed_decides_the_parts() {
        NumberedExamples whole = new NumberedExamples(100);
        assertArrayEquals(
                members(Split.shuffled(whole, 0.2, 1).test()),
                members(Split.shuffled(whole, 0.2, 1).test()));
        assertFalse(Arrays.equals(
                members(Split.shuffled(whole, 0.2, 1).test()),
                members(Split.shuffled(whole, 0.2, 2).test())));
    }

    @Test
    void an_empty_part_is_told() {
        CompileException fault =
                assertThrows(CompileException.class, () -> Split.shuffled(new NumberedExamples(10), 0.01, 1));
        assertEquals("a test share of 0.01 takes 0 of 10 examples but both parts need at least one", fault.fact());
    }

    @Test
    void a_subset_keeps_picture_label_and_classes() {
        Subset subset = Subset.range(new NumberedExamples(10), 3, 6);
        assertEquals(3, subset.size());
        assertArrayEquals(new float[] {5}, subset.example(2));
        assertEquals(1, subset.label(2));
        assertEquals("odd", subset.classes().get(1));
    }

    @Test
    void a_subset_of_examples_that_are_not_there_is_refused() {
        assertThrows(IndexOutOfBoundsException.class, () -> new Subset(new NumberedExamples(10), 3, 10));
    }
}
