package dev.sinter.training.data.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.type.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawnDigitsTest {
    private static final int SIDE = 28;

    private final DrawnDigits digits = new DrawnDigits(500, 1);

    @Test
    void pictures_look_like_those_of_mnist_in_form() {
        assertEquals(Shape.of(1, SIDE, SIDE), digits.shape());
        assertEquals(10, digits.classes().size());
        for (int i = 0; i < digits.size(); i++) {
            for (float pixel : digits.example(i)) {
                assertTrue(pixel >= 0 && pixel <= 255 && pixel == Math.rint(pixel), "pixel " + pixel);
            }
        }
    }

    @Test
    void the_bits_are_the_same_on_every_machine() {
        long hash = 0;
        for (int i = 0; i < 100; i++) {
            hash = 31 * hash + Arrays.hashCode(digits.example(i)) + digits.label(i);
        }
        assertEquals(-5_288_621_125_251_993_760L, hash, "digits changed; trainings will not repeat earlier ones");
    }

    @Test
    void a_seed_and_an_index_give_one_picture() {
        assertArrayEquals(digits.example(17), new DrawnDigits(18, 1).example(17));
        assertFalse(Arrays.equals(digits.example(17), new DrawnDigits(18, 2).example(17)));
        assertFalse(Arrays.equals(digits.example(17), digits.example(18)));
    }

    @Test
    void threads_draw_the_same_as_one_alone() {
        float[][] parallel = IntStream.range(0, digits.size())
                .parallel()
                .mapToObj(digits::example)
                .toArray(float[][]::new);
        for (int i = 0; i < parallel.length; i++) {
            assertArrayEquals(digits.example(i), parallel[i]);
        }
    }

    @Test
    void ten_in_a_row_are_all_the_digits_in_an_order_that_changes() {
        for (int start = 0; start < digits.size(); start += 10) {
            assertArrayEquals(
                    IntStream.range(0, 10).toArray(),
                    IntStream.range(start, start + 10)
                            .map(digits::label)
                            .sorted()
                            .toArray());
        }
        assertFalse(IntStream.range(0, 10).allMatch(i -> digits.label(i) == digits.label(10 + i)));
    }

    @Test
    void ink_fills_the_box_of_20_pixels_and_no_more() {
        for (int i = 0; i < digits.size(); i++) {
            Ink ink = Ink.of(digits.example(i));
            assertTrue(ink.width() <= 20 && ink.height() <= 20, ink.toString());
            assertTrue(Math.max(ink.width(), ink.height()) >= 18, ink.toString());
        }
    }

    @Test
    void the_centre_of_mass_is_the_middle_of_the_picture() {
        for (int i = 0; i < digits.size(); i++) {
            Ink ink = Ink.of(digits.example(i));
            // To the nearest pixel, and where the box would have to leave the picture, as near as it may go.
            assertEquals(14, ink.x(), 1.5, ink.toString());
            assertEquals(14, ink.y(), 1.5, ink.toString());
        }
        long exact = IntStream.range(0, digits.size())
                .mapToObj(i -> Ink.of(digits.example(i)))
                .filter(ink -> Math.abs(ink.x() - 14) <= 0.51 && Math.abs(ink.y() - 14) <= 0.51)
                .count();
        assertTrue(exact >= 0.97 * digits.size(), exact + " of " + digits.size());
    }

    @Test
    void no_examples_and_examples_beyond_the_last_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new DrawnDigits(0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> digits.example(500));
        assertThrows(IndexOutOfBoundsException.class, () -> digits.label(-1));
    }

    /// Where the ink is: its centre of mass, and the box around it.
    private record Ink(double x, double y, int width, int height) {
        static Ink of(float[] pixels) {
            int[] inked =
                    IntStream.range(0, pixels.length).filter(i -> pixels[i] > 0).toArray();
            double sum = 0;
            double x = 0;
            double y = 0;
            for (int i : inked) {
                int row = i / SIDE;
                sum += pixels[i];
                x += pixels[i] * (i % SIDE + 0.5);
                y += pixels[i] * (row + 0.5);
            }
            var columns = Arrays.stream(inked).map(i -> i % SIDE).summaryStatistics();
            var rows = Arrays.stream(inked).map(i -> i / SIDE).summaryStatistics();
            return new Ink(
                    x / sum, y / sum, columns.getMax() - columns.getMin() + 1, rows.getMax() - rows.getMin() + 1);
        }
    }
}
