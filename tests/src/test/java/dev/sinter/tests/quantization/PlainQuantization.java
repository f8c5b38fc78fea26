package dev.sinter.tests.quantization;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.rewrite.StandardPasses;
import dev.sinter.ir.type.Tensor;
import dev.sinter.training.quantization.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// The plainest way to quantise, written apart: every tensor between layers is rounded to 255 steps from its least to
/// its largest number, weights to 254 steps symmetric about 0, one scale for a tensor; biases stay as they are.
@NullMarked
final class PlainQuantization {
    private static final double STEPS = 255;
    private static final double HALF = 127;

    private PlainQuantization() {}

    /// Signal to noise of what each node yields, by its name.
    static Map<String, Double> decibels(Graph network, Samples samples) {
        Graph graph = StandardPasses.pipeline().run(network, Trace.silent());
        List<Map<Value, TensorView>> exact = new ArrayList<>();
        Map<Value, double[]> ends = new HashMap<>();
        for (int number = 0; number < samples.batches(); number++) {
            Map<Value, TensorView> values = run(graph, samples.batch(number), Map.of());
            values.forEach((value, view) -> widen(ends.computeIfAbsent(value, _ -> new double[2]), view));
            exact.add(values);
        }
        Map<Value, double[]> sums = new HashMap<>();
        for (int number = 0; number < samples.batches(); number++) {
            Map<Value, TensorView> rounded = run(graph, samples.batch(number), ends);
            exact.get(number)
                    .forEach((value, view) ->
                            add(sums.computeIfAbsent(value, _ -> new double[2]), view, rounded.get(value)));
        }
        Map<String, Double> decibels = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            double[] sum = sums.get(node.output());
            decibels.put(node.name(), 10 * Math.log10(sum[0] / sum[1]));
        }
        return decibels;
    }

    /// @param ends of the numbers of each tensor; empty to round nothing
    private static Map<Value, TensorView> run(Graph graph, Map<String, Tensor> inputs, Map<Value, double[]> ends) {
        Map<Value, TensorView> values = new HashMap<>();
        graph.inputs().forEach(input -> {
            TensorView view = TensorView.of(inputs.get(input.name()));
            values.put(input, rounded(view, ends.get(input)));
        });
        Map<Value, TensorView> known = new HashMap<>(values);
        graph.constants().forEach((value, tensor) -> known.put(value, TensorView.of(tensor)));
        for (Node node : graph.nodes()) {
            boolean weighted =
                    node.op() instanceof Conv || node.op() instanceof ConvTranspose || node.op() instanceof Gemm;
            List<TensorView> operands = new ArrayList<>();
            for (int i = 0; i < node.inputs().size(); i++) {
                TensorView operand = known.get(node.input(i));
                operands.add(weighted && i == 1 && !ends.isEmpty() ? symmetric(operand) : operand);
            }
            TensorView result = node.op().results(Rounding.none(), operands).getFirst();
            boolean real = node.op() instanceof Softmax || graph.isOutput(node.output());
            TensorView stored = real ? result : rounded(result, ends.get(node.output()));
            known.put(node.output(), stored);
            values.put(node.output(), stored);
        }
        return values;
    }

    private static void widen(double[] ends, TensorView view) {
        for (long i = 0; i < view.type().shape().elements(); i++) {
            ends[0] = Math.min(ends[0], view.value(i));
            ends[1] = Math.max(ends[1], view.value(i));
        }
    }

    private static void add(double[] sum, TensorView exact, TensorView found) {
        for (long i = 0; i < exact.type().shape().elements(); i++) {
            sum[0] += exact.value(i) * exact.value(i);
            sum[1] += Math.pow(found.value(i) - exact.value(i), 2);
        }
    }

    private static TensorView rounded(TensorView view, double[] ends) {
        if (ends == null || ends[0] == ends[1]) {
            return view;
        }
        double step = (ends[1] - ends[0]) / STEPS;
        double zero = Math.rint(-ends[0] / step);
        TensorView result = TensorView.allocate(view.type());
        for (long i = 0; i < view.type().shape().elements(); i++) {
            double place = Math.clamp(Math.rint(view.value(i) / step) + zero, 0, STEPS);
            result.set(i, step * (place - zero), 0);
        }
        return result;
    }

    private static TensorView symmetric(TensorView view) {
        double[] ends = new double[2];
        widen(ends, view);
        double step = Math.max(ends[1], -ends[0]) / HALF;
        TensorView result = TensorView.allocate(view.type());
        for (long i = 0; i < view.type().shape().elements(); i++) {
            result.set(i, step * Math.rint(view.value(i) / step), 0);
        }
        return result;
    }
}
