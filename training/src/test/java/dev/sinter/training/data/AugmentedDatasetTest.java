package dev.sinter.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.training.data.digits.DrawnDigits;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AugmentedDatasetTest {
    private final Dataset digits = new DrawnDigits(10, 1);

    @Test
    void originals_come_first_and_unchanged() {
        Dataset augmented = new AugmentedDataset(digits, 2, Augmentation.LIGHT, 1);
        assertEquals(30, augmented.size());
        assertArrayEquals(digits.example(4), augmented.example(4));
    }

    @Test
    void copies_differ_from_the_original_and_from_each_other_and_keep_its_label() {
        Dataset augmented = new AugmentedDataset(digits, 2, Augmentation.LIGHT, 1);
        assertFalse(Arrays.equals(augmented.example(4), augmented.example(14)));
        assertFalse(Arrays.equals(augmented.example(14), augmented.example(24)));
        assertEquals(digits.label(4), augmented.label(24));
    }

    @Test
    void a_copy_is_the_same_each_time() {
        Dataset augmented = new AugmentedDataset(digits, 1, Augmentation.LIGHT, 1);
        assertArrayEquals(augmented.example(14), augmented.example(14));
        Dataset other = new AugmentedDataset(digits, 1, Augmentation.LIGHT, 2);
        assertFalse(Arrays.equals(augmented.example(14), other.example(14)));
    }

    @Test
    void no_change_changes_nothing() {
        Dataset augmented = new AugmentedDataset(digits, 1, new Augmentation(0, 0, 0), 1);
        assertArrayEquals(digits.example(4), augmented.example(14));
    }

    @Test
    void each_channel_is_changed_alike() {
        float[] grey = digits.example(0);
        float[] twice = new float[2 * grey.length];
        System.arraycopy(grey, 0, twice, 0, grey.length);
        System.arraycopy(grey, 0, twice, grey.length, grey.length);
        float[] changed = Augmentation.LIGHT.apply(twice, 28, 28, new RandomNumbers(1, 0));
        assertArrayEquals(
                Arrays.copyOf(changed, grey.length), Arrays.copyOfRange(changed, grey.length, changed.length));
    }

    @Test
    void negative_amounts_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(-1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(0, 0, 1));
    }
}
