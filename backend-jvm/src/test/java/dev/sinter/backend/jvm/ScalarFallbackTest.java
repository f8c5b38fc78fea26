package dev.sinter.backend.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The module of the Vector API can only be left out of a Java process of its own.
class ScalarFallbackTest {
    /// What runs there.
    static final class Program {
        public static void main(String[] arguments) {
            Graph.Builder builder = Graph.builder("exp");
            Value x = builder.input("x", TensorType.float32(4));
            Graph graph = builder.output(builder.add("exp", new Unary(Unary.Kind.EXP), x))
                    .build();
            Device device = new JvmBackend().devices().getFirst();
            CompileOptions options = CompileOptions.DEFAULT.withTrace(event -> {
                if (event.category().equals("warning")) {
                    System.out.println(event.name());
                }
            });
            Sinter.compile(graph, device, options).close();
            try (Executable executable = Sinter.compile(graph, device, options)) {
                Tensor result = executable.run(Tensor.ofFloats(Shape.of(4), 0, 0, 0, 0));
                System.out.println(VectorLanes.preferred() + " "
                        + device.target().vectorLanes() + " " + Arrays.toString(result.toFloats()));
            }
        }
    }

    @Test
    void without_the_vector_api_kernels_are_scalar_which_is_told_once() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        assertEquals(
                List.of(
                        "kernels are scalar code, since Java was started without --add-modules jdk.incubator.vector,"
                                + " and take about ten times as long",
                        "1 1 [1.0, 1.0, 1.0, 1.0]"),
                output.lines().toList());
    }
}
