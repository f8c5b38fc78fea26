package dev.sinter.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.training.data.digits.DrawnDigits;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    private final Dataset digits = new DrawnDigits(10, 1);

    private Tensor epoch(int epoch, Augmentation augmentation, long seed) {
        Tensor pictures = Tensor.allocate(TensorType.float32(10, 1, 28, 28));
        Tensor targets = Tensor.allocate(TensorType.float32(10, 10));
        Batches.shuffled(digits, 10, seed, Optional.of(augmentation)).fill(epoch, 0, pictures, targets);
        return pictures;
    }

    @Test
    void an_epoch_is_the_same_each_time_and_another_seed_makes_another() {
        assertTrue(epoch(3, Augmentation.LIGHT, 1).sameBits(epoch(3, Augmentation.LIGHT, 1)));
        assertFalse(epoch(3, Augmentation.LIGHT, 1).sameBits(epoch(3, Augmentation.LIGHT, 2)));
    }

    @Test
    void an_example_differs_from_epoch_to_epoch() {
        Dataset one = new Subset(digits, 4);
        Tensor first = Tensor.allocate(TensorType.float32(1, 1, 28, 28));
        Tensor second = Tensor.allocate(TensorType.float32(1, 1, 28, 28));
        Tensor target = Tensor.allocate(TensorType.float32(1, 10));
        Batches batches = Batches.shuffled(one, 1, 1, Optional.of(Augmentation.LIGHT));
        batches.fill(0, 0, first, target);
        batches.fill(1, 0, second, target);
        assertFalse(first.sameBits(second));
        assertTrue(target.get(digits.label(4)) == 1, "its label stays");
    }

    @Test
    void no_change_changes_nothing() {
        Augmentation none = new Augmentation(0, 0, 0);
        assertArrayEquals(digits.example(4), none.apply(digits.example(4), 28, 28, new RandomNumbers(1, 0)));
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
