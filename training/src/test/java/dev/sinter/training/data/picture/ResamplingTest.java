package dev.sinter.training.data.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResamplingTest {
    private static Pixels row(float... values) {
        return new Pixels(1, 1, values.length, values);
    }

    @Test
    void enlarging_interpolates_between_the_middles_of_pixels() {
        assertArrayEquals(
                new float[] {0, 25, 75, 100},
                Resampling.resize(row(0, 100), 1, 4).planes(),
                1e-4f);
    }

    @Test
    void shrinking_looks_at_every_pixel() {
        // A triangle of half-width 4 around 2 and around 6 has the weights 5, 7, 7, 5, 3, 1 and 1, 3, 5, 7, 7, 5, over
        // 28.
        assertArrayEquals(
                new float[] {28 * 7 / 28f, 28 * 1 / 28f},
                Resampling.resize(row(0, 0, 28, 0, 0, 0, 0, 0), 1, 2).planes(),
                1e-5f);
    }

    @Test
    void a_flat_picture_stays_flat_in_any_size() {
        Pixels flat = new Pixels(3, 5, 7, filled(3 * 5 * 7, 42));
        for (int size : new int[] {1, 2, 5, 6, 13}) {
            Pixels resized = Resampling.resize(flat, size, 2 * size);
            assertArrayEquals(filled(3 * size * 2 * size, 42), resized.planes(), 1e-4f);
        }
    }

    @Test
    void rows_and_columns_are_treated_alike() {
        float[] values = {3, 1, 4, 1, 5, 9, 2, 6};
        Pixels wide = Resampling.resize(row(values), 1, 5);
        Pixels tall = Resampling.resize(new Pixels(1, values.length, 1, values), 5, 1);
        assertArrayEquals(wide.planes(), tall.planes(), 1e-5f);
    }

    @Test
    void the_short_side_sets_the_size() {
        Pixels tall = Resampling.resizeShortSide(new Pixels(1, 40, 20, filled(800, 1)), 10);
        assertEquals(20, tall.height());
        assertEquals(10, tall.width());
    }

    private static float[] filled(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }
}
