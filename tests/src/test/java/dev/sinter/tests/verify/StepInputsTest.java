package dev.sinter.tests.verify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import dev.sinter.tests.support.Devices;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// A step is judged by what it read, not by what the device has nearer by.
@NullMarked
class StepInputsTest {
    /// The product is computed of the integers; their products with the scale are there too, each rounded.
    @Test
    void products_of_integers_are_not_judged_by_scaled_ones() {
        Graph graph = GraphParser.parse("""
            sinter.graph 1
            graph scaled {
            %x: u8[64,1] = input
            %scale: f32[] = constant [0.00873148]
            %integers = cast(%x) element=int32
            %real = cast(%integers) element=float32
            %scaled = mul(%real, %scale)
            %turned = transpose(%scaled) permutation=[1,0]
            %products = matmul(%scaled, %turned)
            return %products, %scaled
            }
            """, "scaled");
        Tensor x = RandomTensors.integers(graph.inputs().getFirst().type(), 0, 255, 1);
        CompileOptions apart = CompileOptions.DEFAULT.withoutFusion();
        try (Executable executable = Sinter.compile(graph, Devices.of(Devices.JVM), apart)) {
            VerificationReport report = Verification.bounded(executable, Map.of("x", x), _ -> {});
            assertTrue(report.passed(), () -> report.firstFailure().toString());
            assertTrue(
                    executable.steps().stream()
                            .anyMatch(step -> step.output().name().contains("sums")),
                    "the product is not computed of integers");
        }
    }
}
