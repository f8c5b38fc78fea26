package dev.sinter.tests.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.cli.file.NpyReader;
import dev.sinter.frontend.Model;
import dev.sinter.frontend.onnx.OnnxTensors;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.type.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// A network with what is fed to it and what it must yield, in the layout of ONNX's own tests.
@NullMarked
record ReportedNetwork(Path folder) {
    /// Of the largest number: what another order of hundreds of additions in f32 may come to.
    private static final double ROUNDING = 1e-4;

    Path model() {
        return folder.resolve("model.onnx");
    }

    private Path data(String kind, int index) {
        return folder.resolve("test_data_set_0").resolve(kind + "_" + index + ".pb");
    }

    /// Runs it, each layer held against the oracle. So what holds for the device's outputs holds for the oracle's.
    void isRightOn(String device, CommandProcess command, Path results) throws IOException, InterruptedException {
        List<Object> words = new ArrayList<>(List.of("run", model(), "--device", device, "--top", 0, "--compare"));
        words.addAll(List.of("--save-outputs", results));
        List<Port> inputs = Model.read(model()).inputs();
        for (int i = 0; i < inputs.size() && Files.exists(data("input", i)); i++) {
            words.addAll(List.of("--input", inputs.get(i).name() + "=" + data("input", i)));
        }
        command.run(words.toArray()).fine();
        assertYields(results, ROUNDING * largest(expected().getFirst()));
    }

    List<Tensor> expected() {
        return Stream.iterate(0, i -> i + 1)
                .map(i -> data("output", i))
                .takeWhile(Files::exists)
                .map(OnnxTensors::read)
                .toList();
    }

    /// Demands a file with each output's numbers.
    ///
    /// @param tolerance how far each may be off
    void assertYields(Path results, double tolerance) throws IOException {
        List<Tensor> found;
        try (Stream<Path> files = Files.list(results)) {
            found = files.sorted().map(NpyReader::read).toList();
        }
        List<Tensor> expected = expected();
        assertEquals(expected.size(), found.size(), "files in " + results);
        for (Tensor output : expected) {
            assertTrue(
                    found.stream().anyMatch(other -> isNear(output, other, tolerance)),
                    () -> "no file has " + numbers(output) + " but there is "
                            + found.stream().map(ReportedNetwork::numbers).toList());
        }
    }

    private static double largest(Tensor tensor) {
        double largest = 0;
        for (long i = 0; i < tensor.shape().elements(); i++) {
            double size = Math.abs(tensor.get(i));
            largest = Double.isFinite(size) ? Math.max(largest, size) : largest;
        }
        return largest;
    }

    private static boolean isNear(Tensor expected, Tensor found, double tolerance) {
        if (expected.shape().elements() != found.shape().elements()) {
            return false;
        }
        for (long i = 0; i < expected.shape().elements(); i++) {
            double wanted = expected.get(i);
            double number = found.get(i);
            boolean near = Double.isFinite(wanted)
                    ? Math.abs(number - wanted) <= tolerance
                    : Double.compare(number, wanted) == 0;
            if (!near) {
                return false;
            }
        }
        return true;
    }

    private static List<Double> numbers(Tensor tensor) {
        return Stream.iterate(0L, i -> i < Math.min(12, tensor.shape().elements()), i -> i + 1)
                .map(tensor::get)
                .toList();
    }
}
