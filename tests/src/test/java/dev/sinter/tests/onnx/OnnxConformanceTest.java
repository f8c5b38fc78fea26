package dev.sinter.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.op.Compress;
import dev.sinter.ir.op.NonZero;
import dev.sinter.ir.op.Unique;
import dev.sinter.ir.op.AveragePoolGradient;
import dev.sinter.ir.op.ConvWeightGradient;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.op.Gate;
import dev.sinter.ir.op.MaxPoolGradient;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.SoftmaxCrossEntropy;
import dev.sinter.ir.op.WinogradConv;
import dev.sinter.tests.support.Requirements;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// ONNX's own tests, run by the oracle. A model is passed, or not supported and says so with a code of the importer;
/// nothing else may happen. The numbers only ever grow: raise them with each operator.
@NullMarked
class OnnxConformanceTest {
    private static final Set<Class<?>> ONLY_IN_GRADIENTS = Set.of(
            Gate.class,
            ConvWeightGradient.class,
            MaxPoolGradient.class,
            AveragePoolGradient.class,
            SoftmaxCrossEntropy.class);

    /// That folder has no case for them; tests of their own have.
    private static final Set<Class<?>> WITHOUT_CASES = Set.of(NonZero.class, Compress.class, Unique.class);

    @Test
    void single_operators_compute_what_onnx_expects(TestReporter reporter) {
        run(Requirements.sharedData().resolve("onnx/node"), 635, reporter);
    }

    @Test
    void small_graphs_compute_what_onnx_expects(TestReporter reporter) {
        run(Requirements.sharedData().resolve("onnx/simple"), 7, reporter);
    }

    @Test
    void graphs_from_pytorch_compute_what_pytorch_did(TestReporter reporter) {
        run(Requirements.sharedData().resolve("onnx/pytorch-operator"), 35, reporter);
    }

    @Test
    void every_operator_of_the_graph_is_reached_from_onnx() {
        Set<String> missing = permitted(Op.class)
                .filter(op -> op != CustomOp.class
                        // A form of conv that is made for a device.
                        && op != WinogradConv.class
                        && !ONLY_IN_GRADIENTS.contains(op)
                        && !WITHOUT_CASES.contains(op))
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        for (OnnxCase test : OnnxCase.in(Requirements.sharedData().resolve("onnx/node"))) {
            OnnxRunner.graph(test)
                    .ifPresent(graph -> graph.nodes()
                            .forEach(node -> missing.remove(node.op().getClass().getSimpleName())));
        }
        assertEquals(Set.of(), missing);
    }

    private static Stream<Class<?>> permitted(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(OnnxConformanceTest::permitted)
                : Stream.of(type);
    }

    private static void run(Path folder, int expected, TestReporter reporter) {
        List<OnnxCase> cases = OnnxCase.in(folder);
        List<String> failures = new ArrayList<>();
        Map<String, Integer> unsupported = new TreeMap<>();
        int passed = 0;
        for (OnnxCase test : cases) {
            switch (OnnxRunner.run(test)) {
                case OnnxOutcome.Passed _ -> passed++;
                case OnnxOutcome.Unsupported(var why) ->
                    unsupported.merge(why.code().text(), 1, Integer::sum);
                case OnnxOutcome.Failed(String why) -> failures.add(test.name() + ": " + why);
            }
        }
        reporter.publishEntry(
                folder.getFileName().toString(),
                cases.size() + " models, " + passed + " passed, not supported by code: " + unsupported);
        assertEquals("", String.join("\n", failures));
        assertTrue(passed >= expected, passed + " passed but " + expected + " did before");
    }
}
