package dev.sinter.tests.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.Model;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.graph.Graph;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Requirements;
import dev.sinter.tests.verify.Verified;
import dev.sinter.training.Evaluation;
import dev.sinter.training.Scores;
import dev.sinter.training.data.Dataset;
import dev.sinter.training.data.IdxDataset;
import dev.sinter.training.data.Subset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The trained model that comes with Sinter, which saw drawn digits only.
@NullMarked
class BundledModelTest {
    private static final Path MODEL = Path.of("../samples/digits.onnx");
    private static final int BATCH = 50;

    /// Images that the drawing of digits was improved by; the others were not looked at.
    private static final int LOOKED_AT = 2000;

    @Test
    void it_is_small() throws IOException {
        assertTrue(Files.size(MODEL) < 300_000, Files.size(MODEL) + " bytes");
    }

    @Test
    void it_stays_within_every_bound() {
        Graph graph = Model.read(MODEL).graph();
        Verified.bounded(graph, Devices.of(Devices.JVM));
        Verified.exact(graph, Devices.of(Devices.JVM));
    }

    @Test
    void it_reads_handwriting_that_it_never_saw() {
        Path folder = Requirements.sharedData().resolve("datasets/mnist");
        Dataset all = IdxDataset.read(
                folder.resolve("t10k-images-idx3-ubyte.gz"),
                folder.resolve("t10k-labels-idx1-ubyte.gz"),
                IntStream.range(0, 10).mapToObj(String::valueOf).toList());
        Device device = Devices.of(Devices.JVM);
        try (Evaluation evaluation =
                Evaluation.on(device, Model.read(MODEL).withBatch(BATCH).graph(), BATCH)) {
            Scores scores = evaluation.of(Subset.range(all, LOOKED_AT, all.size()), Map.of());
            assertEquals(all.size() - LOOKED_AT, scores.examples());
            assertTrue(scores.accuracy() >= 0.93, "accuracy " + scores.accuracy());
        }
    }
}
