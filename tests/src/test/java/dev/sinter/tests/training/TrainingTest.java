package dev.sinter.tests.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.Model;
import dev.sinter.frontend.OnnxExport;
import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.graph.Graph;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.verify.Verified;
import dev.sinter.training.EpochReport;
import dev.sinter.training.Evaluation;
import dev.sinter.training.LearningRate;
import dev.sinter.training.Loss;
import dev.sinter.training.Optimiser;
import dev.sinter.training.PixelInput;
import dev.sinter.training.Settings;
import dev.sinter.training.Trained;
import dev.sinter.training.Trainer;
import dev.sinter.training.TrainingGraph;
import dev.sinter.training.TrainingListener;
import dev.sinter.training.data.Augmentation;
import dev.sinter.training.data.Dataset;
import dev.sinter.training.data.digits.DrawnDigits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Networks that learn, on every device.
@NullMarked
@Tag("slow")
class TrainingTest {
    private static final int BATCH = 32;

    @TempDir
    Path folder;

    private final Dataset digits = new DrawnDigits(640, 1);
    private final Dataset others = new DrawnDigits(320, 2);

    private static Graph lenet(long batch) {
        return PixelInput.of(Zoo.graph("lenet5", batch, 3));
    }

    private static Settings settings(int epochs, double rate) {
        return new Settings(
                Loss.CROSS_ENTROPY,
                Optimiser.Adam.standard(),
                new LearningRate.Constant(rate),
                epochs,
                BATCH,
                7,
                Optional.of(Augmentation.LIGHT),
                0);
    }

    @Tag("opencl")
    @Test
    void a_step_stays_within_every_bound_on_opencl() {
        stepStaysWithinItsBounds(Devices.of(Devices.OPENCL));
    }

    @Test
    void a_step_stays_within_every_bound_on_the_jvm() {
        stepStaysWithinItsBounds(Devices.of(Devices.JVM));
    }

    private static void stepStaysWithinItsBounds(Device device) {
        TrainingGraph training =
                TrainingGraph.of(Zoo.graph("lenet5", 4, 3), Loss.CROSS_ENTROPY, new Optimiser.Sgd(0.9, true, 1e-4));
        Verified.bounded(training.graph(), device);
    }

    @Tag("opencl")
    @Test
    void one_seed_gives_the_same_bits_on_opencl_also_where_training_was_stopped_between() {
        sameBits(Devices.of(Devices.OPENCL));
    }

    @Test
    void one_seed_gives_the_same_bits_on_the_jvm_also_where_training_was_stopped_between() {
        sameBits(Devices.of(Devices.JVM));
    }

    private void sameBits(Device device) {
        Settings settings = settings(3, 0.002);
        Trained once = Trainer.of(TrainingTest::lenet, device, settings).train(digits);
        Trained twice = Trainer.of(TrainingTest::lenet, device, settings).train(digits);
        assertSame(once, twice);

        Path file = folder.resolve("run.ckpt");
        assertThrows(
                Stopped.class,
                () -> Trainer.of(TrainingTest::lenet, device, settings)
                        .savedTo(file, true)
                        .heardBy(new StopAfter(2 * digits.size() / BATCH + 5))
                        .train(digits));
        assertTrue(Files.exists(file), "a checkpoint was written");
        Trained resumed = Trainer.of(TrainingTest::lenet, device, settings)
                .savedTo(file, true)
                .train(digits);
        assertSame(once, resumed);
    }

    private static void assertSame(Trained expected, Trained found) {
        assertEquals(expected.parameters().keySet(), found.parameters().keySet());
        expected.parameters()
                .forEach((name, tensor) -> assertTrue(
                        tensor.sameBits(java.util.Objects.requireNonNull(
                                found.parameters().get(name))),
                        name));
        for (int epoch = 0; epoch < expected.epochs().size(); epoch++) {
            assertEquals(
                    expected.epochs().get(epoch).loss(),
                    found.epochs().get(epoch).loss());
        }
    }

    /// Ends training in the middle of an epoch, as a killed process would.
    private record StopAfter(long steps) implements TrainingListener {
        @Override
        public void step(long step, long all, double loss, double accuracy) {
            if (step >= steps) {
                throw new Stopped();
            }
        }
    }

    private static final class Stopped extends RuntimeException {}

    @Tag("opencl")
    @Test
    void digits_are_learned_on_opencl() {
        digitsAreLearned(Devices.of(Devices.OPENCL));
    }

    @Test
    void digits_are_learned_on_the_jvm() {
        digitsAreLearned(Devices.of(Devices.JVM));
    }

    /// What was learned is in the exported model too.
    private void digitsAreLearned(Device device) {
        Trained trained = Trainer.of(TrainingTest::lenet, device, settings(5, 0.003))
                .validatedOn(others)
                .train(digits);
        EpochReport best = trained.best();
        assertTrue(best.validationAccuracy() > 0.7, "accuracy " + best.validationAccuracy());
        byte[] exported = OnnxExport.ofAnyBatch(trained.applyTo(lenet(1)));
        Graph read = Model.parse(exported, "trained").withBatch(BATCH).graph();
        try (Evaluation evaluation = Evaluation.on(device, read, BATCH)) {
            assertEquals(
                    best.validationAccuracy(), evaluation.of(others, Map.of()).accuracy());
        }
    }

    @Test
    void a_loss_that_is_no_longer_a_number_names_step_and_layer() {
        Settings wild = new Settings(
                Loss.CROSS_ENTROPY,
                new Optimiser.Sgd(0, false, 0),
                new LearningRate.Constant(1e18),
                1,
                BATCH,
                7,
                Optional.empty(),
                0);
        CompileException fault = assertThrows(
                CompileException.class,
                () -> Trainer.of(TrainingTest::lenet, Devices.of(Devices.JVM), wild)
                        .train(digits));
        assertEquals(Code.TRAINING_DIVERGED, fault.code());
        assertTrue(fault.getMessage().matches("(?s).*step \\d+.*(conv|dense|relu|pool).*"), fault.getMessage());
    }

    @Test
    void training_ends_when_patience_does() {
        Settings impatient = new Settings(
                Loss.CROSS_ENTROPY,
                new Optimiser.Sgd(0, false, 0),
                new LearningRate.Constant(1e-12),
                50,
                BATCH,
                7,
                Optional.empty(),
                2);
        Trained trained = Trainer.of(TrainingTest::lenet, Devices.of(Devices.JVM), impatient)
                .validatedOn(others)
                .train(digits);
        assertEquals(3, trained.epochs().size());
        assertEquals(1, trained.best().epoch());
    }

    @Test
    void data_that_is_not_for_the_network_is_refused() {
        Device device = Devices.of(Devices.JVM);
        CompileException shape = assertThrows(
                CompileException.class,
                () -> Trainer.of(batch -> Zoo.graph("lenet5-1998", batch, 1), device, settings(1, 0.1))
                        .train(digits));
        assertEquals(Code.INPUT_SHAPE, shape.code());
        CompileException few = assertThrows(
                CompileException.class,
                () -> Trainer.of(TrainingTest::lenet, device, settings(1, 0.1)).train(new DrawnDigits(BATCH - 1, 1)));
        assertEquals(Code.TRAINING_DATA, few.code());
    }
}
