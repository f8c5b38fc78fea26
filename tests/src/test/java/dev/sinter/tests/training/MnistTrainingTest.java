package dev.sinter.tests.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.exec.Device;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Requirements;
import dev.sinter.training.Initialiser;
import dev.sinter.training.LearningRate;
import dev.sinter.training.Loss;
import dev.sinter.training.Optimiser;
import dev.sinter.training.PixelInput;
import dev.sinter.training.Settings;
import dev.sinter.training.Trained;
import dev.sinter.training.Trainer;
import dev.sinter.training.data.Augmentation;
import dev.sinter.training.data.Dataset;
import dev.sinter.training.data.IdxDataset;
import dev.sinter.training.data.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// LeNet-5 on handwritten digits that others collected.
@NullMarked
@Tag("slow")
class MnistTrainingTest {
    private static final int SEEDS = 5;
    private static final int EPOCHS = 10;
    private static final double ENOUGH = 0.98;

    /// Trained on 8,000 images and tested on the other 2,000; the accuracy after the last epoch, which nobody chose.
    @Tag("opencl")
    @Test
    void lenet_reaches_98_percent_within_ten_epochs_as_the_mean_of_five_seeds() {
        Path folder = Requirements.sharedData().resolve("datasets/mnist");
        Device device = Devices.of(Devices.OPENCL);
        Dataset all = IdxDataset.read(
                folder.resolve("t10k-images-idx3-ubyte.gz"),
                folder.resolve("t10k-labels-idx1-ubyte.gz"),
                IntStream.range(0, 10).mapToObj(String::valueOf).toList());
        List<Double> accuracies = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            accuracies.add(accuracy(all, device, seed));
        }
        double mean = accuracies.stream().mapToDouble(a -> a).average().orElseThrow();
        assertTrue(mean >= ENOUGH, "mean " + mean + " of " + accuracies);
    }

    private static double accuracy(Dataset all, Device device, long seed) {
        Split split = Split.shuffled(all, 0.2, seed);
        Settings settings = new Settings(
                Loss.CROSS_ENTROPY,
                Optimiser.Adam.standard(),
                new LearningRate.Cosine(0.003),
                EPOCHS,
                64,
                seed,
                Optional.of(Augmentation.LIGHT),
                0);
        Trained trained = Trainer.of(
                        batch -> Initialiser.HE.initialise(PixelInput.of(Zoo.graph("lenet5", batch, seed)), seed),
                        device,
                        settings)
                .validatedOn(split.test())
                .train(split.training());
        return trained.epochs().getLast().validationAccuracy();
    }
}
