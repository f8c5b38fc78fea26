package dev.sinter.ir.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;

/// Holds gradients against central differences, (f(x + h) - f(x - h)) / 2h, in double and without rounding between
/// nodes.
@NullMarked
final class GradientCheck {
    private static final double STEP = 1e-5;
    /// Of the differences: h² times a third derivative, and roundings over h.
    private static final double TOLERANCE = 2e-6;

    private static final int MOST_ELEMENTS = 12;

    private GradientCheck() {}

    /// Every gradient of one operator, the loss being a sum of its outputs with random weights.
    static void operator(Op op, long seed, Tensor... operands) {
        Graph.Builder builder = Graph.builder("operator");
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < operands.length; i++) {
            values.add(builder.input("x" + i, operands[i].type()));
            inputs.put("x" + i, operands[i]);
        }
        Value y = builder.add("y", op, values.toArray(Value[]::new));
        loss(builder, y, seed, inputs, values);
    }

    /// As [#operator], of whatever yields `y`.
    static void loss(Graph.Builder builder, Value y, long seed, Map<String, Tensor> inputs, List<Value> of) {
        Value weights = builder.constant("weights", RandomTensors.uniform(y.type(), 0.5, 1.5, seed));
        Value weighted = builder.add("weighted", new Binary(Binary.Kind.MUL), y, weights);
        List<Long> axes = LongStream.range(0, y.type().shape().rank()).boxed().toList();
        Value loss =
                axes.isEmpty() ? weighted : builder.add("loss", new Reduce(Reduce.Kind.SUM, axes, false), weighted);
        builder.output(loss);
        check(builder.build(), loss, inputs, of);
    }

    static void check(Graph graph, Value loss, Map<String, Tensor> inputs, List<Value> of) {
        Differentiated differentiated = Gradients.of(graph, loss, of);
        Map<Value, TensorView> results = new Interpreter(differentiated.graph(), Rounding.none()).evaluate(inputs);
        for (Value value : of) {
            TensorView gradient = Objects.requireNonNull(results.get(
                    Objects.requireNonNull(differentiated.gradients().get(value))));
            assertEquals(value.type(), gradient.type());
            long elements = value.type().shape().elements();
            SplittableRandom random = new SplittableRandom(elements);
            for (int n = 0; n < Math.min(elements, MOST_ELEMENTS); n++) {
                long i = elements <= MOST_ELEMENTS ? n : random.nextLong(elements);
                double expected =
                        (moved(graph, loss, inputs, value, i, STEP) - moved(graph, loss, inputs, value, i, -STEP))
                                / (2 * STEP);
                double found = gradient.value(i);
                assertEquals(
                        expected,
                        found,
                        TOLERANCE * (1 + Math.abs(expected)),
                        () -> "d loss / d " + value.name() + "[" + i + "] of "
                                + graph.nodes().getFirst());
            }
        }
    }

    private static double moved(Graph graph, Value loss, Map<String, Tensor> inputs, Value value, long i, double step) {
        Tensor tensor = Tensor.allocate(value.type());
        Tensor original = Objects.requireNonNull(inputs.get(value.name()));
        for (long j = 0; j < tensor.shape().elements(); j++) {
            tensor.set(j, original.get(j) + (i == j ? step : 0));
        }
        Map<Value, Tensor> known = new LinkedHashMap<>();
        graph.inputs().forEach(input -> known.put(input, Objects.requireNonNull(inputs.get(input.name()))));
        known.put(value, tensor);
        return new Interpreter(graph, Rounding.none()).between(known, loss).value(0);
    }

    static TensorType type(long... dims) {
        return TensorType.of(ElementType.FLOAT64, dims);
    }

    /// Different numbers that keep a distance from each other and from zero that no step bridges, so that no kink is
    /// crossed.
    static Tensor apart(SplittableRandom random, Shape shape) {
        Tensor tensor = Tensor.allocate(new TensorType(ElementType.FLOAT64, shape));
        int elements = (int) shape.elements();
        int half = elements / 2;
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < elements; i++) {
            order.add(random.nextInt(i + 1), i);
        }
        for (int i = 0; i < elements; i++) {
            tensor.set(i, (order.get(i) + 0.5 - half) * 2.0 / elements + 1e-3 * random.nextDouble() / elements);
        }
        return tensor;
    }

    /// Two tensors whose elements keep a distance from each other as well.
    static Tensor[] pairApart(SplittableRandom random, Shape left, Shape right) {
        Tensor all = apart(random, Shape.of(left.elements() + right.elements()));
        Tensor[] pair = {
            Tensor.allocate(new TensorType(ElementType.FLOAT64, left)),
            Tensor.allocate(new TensorType(ElementType.FLOAT64, right))
        };
        for (long i = 0; i < all.shape().elements(); i++) {
            boolean first = i < left.elements();
            pair[first ? 0 : 1].set(first ? i : i - left.elements(), all.get(i));
        }
        return pair;
    }

    static Tensor apart(SplittableRandom random, long... dims) {
        return apart(random, Shape.of(dims));
    }

    static Tensor positive(SplittableRandom random, long... dims) {
        return RandomTensors.uniform(type(dims), 0.5, 2, random.nextLong());
    }
}
