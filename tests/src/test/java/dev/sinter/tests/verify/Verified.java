package dev.sinter.tests.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.verify.ExactNetwork;
import dev.sinter.ir.verify.StepVerdict;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import dev.sinter.tests.support.Inputs;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Asserts that the oracle has nothing to object to.
@NullMarked
public final class Verified {
    private Verified() {}

    public static void bounded(Graph graph, Device device) {
        try (Executable executable = Sinter.compile(graph, device)) {
            bounded(executable);
        }
    }

    /// As above, of what is compiled already.
    public static void bounded(Executable executable) {
        Graph graph = executable.program().imported();
        requirePassed(Verification.bounded(executable, Inputs.normal(graph, 3), _ -> {}));
    }

    public static void exact(Graph graph, Device device) {
        exact(graph, device, CompileOptions.DEFAULT);
    }

    /// @return by what each step was judged
    public static List<StepVerdict.Mode> exact(Graph graph, Device device, CompileOptions options) {
        CompileOptions kept = options.withIntermediatesKept();
        try (Executable executable = Sinter.compile(ExactNetwork.of(graph, 11), device, kept)) {
            VerificationReport report = Verification.exact(executable, 5, _ -> {});
            requirePassed(report);
            return report.verdicts().stream().map(StepVerdict::mode).toList();
        }
    }

    private static void requirePassed(VerificationReport report) {
        assertTrue(
                report.passed(), () -> report.firstFailure().map(Verified::tell).orElse(""));
        assertEquals(List.of(), report.unjudged(), "steps that could not be judged");
        assertTrue(report.elements() > 0, "nothing was judged");
    }

    private static String tell(StepVerdict verdict) {
        return verdict.step().cluster().nodes().stream().map(Node::label).toList() + " " + verdict.mode() + ": "
                + verdict.judgement();
    }
}
