package dev.sinter.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.cli.conformance.ConformanceCase;
import dev.sinter.cli.conformance.OracleSubject;
import dev.sinter.frontend.BoundModel;
import dev.sinter.frontend.Model;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.op.AveragePoolGradient;
import dev.sinter.ir.op.Bitwise;
import dev.sinter.ir.op.Compress;
import dev.sinter.ir.op.ConvWeightGradient;
import dev.sinter.ir.op.CumulativeSum;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.op.Gate;
import dev.sinter.ir.op.GatherNd;
import dev.sinter.ir.op.IsInfinite;
import dev.sinter.ir.op.IsNan;
import dev.sinter.ir.op.MaxPoolGradient;
import dev.sinter.ir.op.Modulo;
import dev.sinter.ir.op.NonZero;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.ScatterElements;
import dev.sinter.ir.op.ScatterNd;
import dev.sinter.ir.op.SoftmaxCrossEntropy;
import dev.sinter.ir.op.Triangle;
import dev.sinter.ir.op.Unique;
import dev.sinter.ir.op.WinogradConv;
import dev.sinter.tests.support.Requirements;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// ONNX's own tests, run by the oracle. A case passes, or is not supported and says so with a code of the importer;
/// nothing else may happen.
@NullMarked
class OnnxConformanceTest {
    private static final Set<Class<?>> ONLY_IN_GRADIENTS = Set.of(
            Gate.class,
            ConvWeightGradient.class,
            MaxPoolGradient.class,
            AveragePoolGradient.class,
            SoftmaxCrossEntropy.class);

    /// That folder has no case for them; tests of their own have.
    private static final Set<Class<?>> WITHOUT_CASES = Set.of(
            NonZero.class,
            Compress.class,
            Unique.class,
            GatherNd.class,
            Bitwise.class,
            IsInfinite.class,
            IsNan.class,
            Modulo.class,
            CumulativeSum.class,
            Triangle.class,
            ScatterElements.class,
            ScatterNd.class);

    @Test
    void what_is_not_supported_is_known_case_by_case() throws IOException {
        RecordedOutcomes outcomes = RecordedOutcomes.of(new OracleSubject(), "node", "simple", "pytorch-operator");
        outcomes.requireNoFailure();
        outcomes.requireUnsupportedAsRecorded("oracle");
        outcomes.requireConstantsAsRecorded();
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
        for (ConformanceCase test : ConformanceCase.in(Requirements.sharedData().resolve("onnx/node"))) {
            graph(test)
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

    private static Optional<Graph> graph(ConformanceCase test) {
        try {
            Model model = Model.read(test.model(), Trace.silent());
            Path dataSet = test.dataSets().getFirst();
            return Optional.of(BoundModel.of(model, ConformanceCase.inputs(dataSet, model.inputs()))
                    .graph());
        } catch (CompileException _) {
            return Optional.empty();
        }
    }
}
