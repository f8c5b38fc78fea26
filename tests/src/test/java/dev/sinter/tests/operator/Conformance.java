package dev.sinter.tests.operator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.ExactNetwork;
import dev.sinter.ir.verify.StepVerdict;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.provider.Arguments;

/// What a device must do with a network: stay within every bound on random numbers, and hit every bit on integers.
@NullMarked
public final class Conformance {
    /// Neither fused nor changed by passes: every node has kernels of its own.
    static final CompileOptions APART = new CompileOptions(false, false, false, Optional.empty(), Trace.silent());

    private static final List<Long> SEEDS = List.of(1L, 2L, 3L);

    private Conformance() {}

    /// All samples on each of the targets, by name.
    static Stream<Arguments> samplesOn(Target... targets) {
        return Arrays.stream(targets)
                .flatMap(target -> OperatorSamples.all().stream().map(sample -> Arguments.of(sample, target.name())));
    }

    /// A sample in three forms: as it is; with elementwise operators around it, which are fused with it where that can
    /// be; and the same with nothing fused and no passes, so that each operator reads and writes layouts of the
    /// compiler's own choice.
    static void checkAllForms(Sample sample, Device device) {
        Graph surrounded = GraphCopy.surrounded(sample.graph());
        check(sample.graph(), device, CompileOptions.DEFAULT);
        checkOnce(surrounded, device, CompileOptions.DEFAULT);
        checkOnce(surrounded, device, APART);
    }

    static void check(Graph graph, Device device, CompileOptions options) {
        bounded(graph, device, options);
        try (Executable executable = Sinter.compile(ExactNetwork.of(graph, 11), device, options)) {
            exact(executable);
        }
    }

    /// As [#check(Graph, Device, CompileOptions)], but kernels are compiled once if an [ExactNetwork] has the same
    /// ones: then real numbers meet integer weights.
    static void checkOnce(Graph graph, Device device, CompileOptions options) {
        if (!hasExactForm(graph)) {
            check(graph, device, options);
            return;
        }
        try (Executable executable = Sinter.compile(ExactNetwork.of(graph, 11), device, options)) {
            exact(executable);
            bounded(executable);
        }
    }

    public static void bounded(Graph graph, Device device, CompileOptions options) {
        try (Executable executable = Sinter.compile(graph, device, options)) {
            bounded(executable);
        }
    }

    /// True if an [ExactNetwork] replaces none of the operators.
    static boolean hasExactForm(Graph graph) {
        List<Node> changed = ExactNetwork.of(graph, 11).nodes();
        return IntStream.range(0, changed.size())
                .allMatch(i -> changed.get(i).op().equals(graph.nodes().get(i).op()));
    }

    private static void bounded(Executable executable) {
        for (long seed : SEEDS) {
            Map<String, Tensor> inputs = inputs(executable.program().imported(), seed);
            requirePassed(Verification.bounded(executable, inputs, _ -> {}));
        }
    }

    private static void exact(Executable executable) {
        requirePassed(Verification.exact(executable, 5, _ -> {}));
    }

    static Map<String, Tensor> inputs(Graph graph, long seed) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            tensors.put(input.name(), input(input, RandomTensors.seedFor(seed, input.name())));
        }
        return tensors;
    }

    private static Tensor input(Value value, long seed) {
        ElementType element = value.type().element();
        if (element.isFloating()) {
            return RandomTensors.normal(value.type(), 0, 1, seed);
        }
        return RandomTensors.integers(
                value.type(), element == ElementType.BOOL ? 0 : -8, element == ElementType.BOOL ? 1 : 8, seed);
    }

    private static void requirePassed(VerificationReport report) {
        List<String> failures = report.verdicts().stream()
                .filter(verdict -> !verdict.passed())
                .map(Conformance::tell)
                .toList();
        assertTrue(failures.isEmpty(), () -> String.join("\n", failures));
    }

    private static String tell(StepVerdict verdict) {
        return verdict.step().cluster().nodes().stream().map(Node::label).toList() + " " + verdict.mode() + ": "
                + verdict.judgement();
    }
}
