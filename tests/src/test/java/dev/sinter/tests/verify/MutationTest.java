package dev.sinter.tests.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.ExactNetwork;
import dev.sinter.ir.verify.StepVerdict;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import dev.sinter.tests.support.ChangedConstant;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Inputs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A network with one wrong weight must be found out: otherwise a passed verification would mean nothing.
@NullMarked
@Tag("slow")
class MutationTest {
    @Tag("opencl")
    @ParameterizedTest
    @ValueSource(strings = {"lenet5", "lenet5-1998", "mlp", "dilated", "resnet18"})
    void one_weight_off_by_one_fails_the_exact_check_in_every_layer_on_opencl(String name) {
        offByOneFailsEverywhere(name, Devices.of(Devices.OPENCL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet5", "lenet5-1998", "mlp"})
    void one_weight_off_by_one_fails_the_exact_check_in_every_layer_on_the_jvm(String name) {
        offByOneFailsEverywhere(name, Devices.of(Devices.JVM));
    }

    @Tag("opencl")
    @ParameterizedTest
    @ValueSource(strings = {"lenet5", "mlp"})
    void one_weight_off_by_a_percent_fails_the_bounded_check_on_opencl(String name) {
        percentFails(name, Devices.of(Devices.OPENCL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet5", "mlp"})
    void one_weight_off_by_a_percent_fails_the_bounded_check_on_the_jvm(String name) {
        percentFails(name, Devices.of(Devices.JVM));
    }

    private static void offByOneFailsEverywhere(String name, Device device) {
        Graph right = ExactNetwork.of(Zoo.graph(name, 1, 7), 11);
        try (Executable executable = Sinter.compile(right, device)) {
            for (Node layer : layers(right)) {
                Value weight = layer.input(1);
                // The middle weight; the compiled network has w, the one that judges w + 1.
                long place = weight.type().shape().elements() / 2;
                Graph wrong = ChangedConstant.of(right, weight, place, value -> value + 1);
                VerificationReport report = Verification.exact(executable, wrong, 5, _ -> {});
                assertFalse(report.passed(), name + ": w + 1 in " + layer.label() + " went unnoticed");
                List<String> failed = report.verdicts().stream()
                        .filter(verdict -> !verdict.passed())
                        .map(StepVerdict::name)
                        .toList();
                assertEquals(1, failed.size(), name + ": one layer is wrong, but these failed: " + failed);
            }
        }
    }

    /// The first, the last and the largest layer; in each the weight of largest magnitude, where a bound sees most.
    private static void percentFails(String name, Device device) {
        Graph right = Zoo.graph(name, 1, 7);
        List<Node> layers = layers(right);
        Node largest = layers.stream()
                .max(Comparator.comparingLong(
                        layer -> layer.input(1).type().shape().elements()))
                .orElseThrow();
        try (Executable executable = Sinter.compile(right, device)) {
            for (Node layer : List.of(layers.getFirst(), layers.getLast(), largest)) {
                Graph wrong =
                        ChangedConstant.of(right, layer.input(1), largestWeight(right, layer), value -> 1.01 * value);
                VerificationReport report = Verification.bounded(executable, wrong, Inputs.normal(right, 3), _ -> {});
                assertFalse(report.passed(), name + ": 1.01 w in " + layer.label() + " went unnoticed");
                StepVerdict failure = report.firstFailure().orElseThrow();
                assertTrue(
                        failure.step().cluster().nodes().contains(layer), failure.name() + " is not " + layer.label());
                assertTrue(failure.judgement().first().isPresent(), "the failing element is named");
            }
        }
    }

    /// The weight whose product is largest, where a bound sees most. A product with a zero, which relu makes many of,
    /// or in a sum that relu then makes zero, could be anything.
    private static long largestWeight(Graph graph, Node layer) {
        Tensor weights = graph.constant(layer.input(1)).orElseThrow();
        if (!(layer.op() instanceof Gemm)) {
            return largest(weights, _ -> 1);
        }
        double[] read = between(graph, layer.input(0));
        double[] sums = between(graph, layer.output());
        return largest(weights, i -> sums[(int) (i / read.length)] > 0 ? read[(int) (i % read.length)] : 0);
    }

    /// Where a tensor, each element times its factor, has the largest magnitude.
    private static long largest(Tensor tensor, LongToDoubleFunction factor) {
        long best = 0;
        double largest = 0;
        for (long i = 0; i < tensor.shape().elements(); i++) {
            double product = Math.abs(tensor.get(i) * factor.applyAsDouble(i));
            best = product > largest ? i : best;
            largest = Math.max(largest, product);
        }
        return best;
    }

    /// What the oracle makes of a value for the inputs that [#percentFails] gives.
    private static double[] between(Graph graph, Value value) {
        Map<Value, Tensor> known = new LinkedHashMap<>();
        Map<String, Tensor> inputs = Inputs.normal(graph, 3);
        graph.inputs().forEach(input -> known.put(input, inputs.get(input.name())));
        TensorView view = new Interpreter(graph, Rounding.none()).between(known, value);
        double[] read = new double[Math.toIntExact(view.type().shape().elements())];
        view.readValues(0, read);
        return read;
    }

    private static List<Node> layers(Graph graph) {
        return new ArrayList<>(graph.nodes().stream()
                .filter(node -> node.op() instanceof Conv
                        || node.op() instanceof ConvTranspose
                        || node.op() instanceof Gemm
                        || node.op() instanceof MatMul)
                .toList());
    }
}
