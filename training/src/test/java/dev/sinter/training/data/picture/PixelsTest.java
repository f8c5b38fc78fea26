package dev.sinter.training.data.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PixelsTest {
    @Test
    void the_crop_is_the_middle() {
        Pixels cropped = new Pixels(1, 3, 4, new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}).centreCrop(1, 2);
        assertArrayEquals(new float[] {5, 6}, cropped.planes());
    }

    @Test
    void grey_is_the_weighted_sum_that_television_uses() {
        Pixels grey = new Pixels(3, 1, 1, new float[] {100, 100, 0}).withChannels(1);
        assertArrayEquals(new float[] {88.6f}, grey.planes(), 1e-4f);
    }

    @Test
    void one_channel_becomes_three_alike() {
        Pixels coloured = new Pixels(1, 1, 2, new float[] {1, 2}).withChannels(3);
        assertArrayEquals(new float[] {1, 2, 1, 2, 1, 2}, coloured.planes());
        assertEquals(3, coloured.channels());
    }

    @Test
    void reversed_channels_are_blue_green_red() {
        Pixels reversed = new Pixels(3, 1, 1, new float[] {1, 2, 3}).reversed();
        assertArrayEquals(new float[] {3, 2, 1}, reversed.planes());
    }
}
