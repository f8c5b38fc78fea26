package dev.sinter.tests.plan;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.plan.Folding;
import dev.sinter.ir.plan.Policy;
import dev.sinter.ir.schedule.Target;
import dev.sinter.tests.support.SampleTargets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever is a valid network can be planned for whatever target there is; nothing is run here.
class EveryGroupHasAScheduleTest {
    private static final List<Target> TARGETS = List.of(
            SampleTargets.AVX512, SampleTargets.AVX2, SampleTargets.SCALAR, SampleTargets.GPU, SampleTargets.FPGA);

    private static final Policy FOLDED = Policy.folded(Folding.onto(16), _ -> false);

    @Property(tries = 400, seed = "7", shrinking = ShrinkingMode.OFF)
    void of_large_tensors(@ForAll long seed) {
        Graph graph = LargeNetwork.of(seed);
        for (Target target : TARGETS) {
            try {
                plan(graph, target);
            } catch (RuntimeException failure) {
                throw new AssertionError(
                        "seed " + seed + " for " + target.name() + ": " + failure.getMessage() + "\n"
                                + GraphPrinter.print(graph, GraphPrinter.Constants.ELIDED),
                        failure);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "64x80, 1",
        "16x1000, 1",
        "16x1000, 0",
        "8x22x22x80, 3",
        "8x80x22x22, 1",
        "1x2048, 1",
        "3x5x7, 1",
        "2048, 0",
        "17x33, 0",
        "4x1000x7x7, 1"
    })
    void of_a_softmax(String shape, int axis) {
        String dims = shape.replace('x', ',');
        for (Target target : TARGETS) {
            plan(
                    GraphParser.parse(
                            "sinter.graph 1\ngraph g {\n%x: f32[" + dims + "] = input\n%y = softmax(%x) axis=" + axis
                                    + "\nreturn %y\n}\n",
                            "softmax"),
                    target);
        }
    }

    private static void plan(Graph graph, Target target) {
        plan(graph, target, CompileOptions.DEFAULT);
        if (target.kind() == Target.Kind.FPGA) {
            plan(graph, target, CompileOptions.DEFAULT.withPolicy(FOLDED));
        }
    }

    private static void plan(Graph graph, Target target, CompileOptions options) {
        Program program = Sinter.program(graph, target, options);
        program.plan().steps().stream()
                .filter(step -> !program.plan().isInPlace(step.output()))
                .forEach(step -> assertFalse(step.kernels().isEmpty(), () -> step + " has no kernel"));
    }
}
