package dev.sinter.ir.analysis;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What may stand in the place of a network's pooling layers, with the same shapes. Global pooling stays as it is.
public enum PoolingVariant {
    /// The poolings themselves.
    AS_IT_IS,
    /// The same stride and no maximum or mean: the element in the middle of each window.
    SUBSAMPLED,
    /// A convolution of the pooling's window and stride, as in Springenberg et al., "Striving for Simplicity: The All
    /// Convolutional Net" (2015). There it is learned. Here each channel has a filter of its own with seeded positive
    /// weights whose sum is 1: the layers above then get numbers of the size that they were made for.
    STRIDED_CONVOLUTION;

    /// Whether a network has anything to replace.
    public static boolean hasPooling(Graph graph) {
        return graph.nodes().stream().anyMatch(node -> window(node.op()).isPresent());
    }

    /// The network with its poolings replaced; itself if nothing is.
    public Graph of(Graph graph, long seed) {
        if (this == AS_IT_IS) {
            return graph;
        }
        Graph.Builder copy = Graph.builder(graph.name());
        Map<Value, Value> values = new HashMap<>();
        graph.inputs().forEach(input -> values.put(input, copy.input(input.name(), input.type())));
        graph.constants().forEach((value, tensor) -> values.put(value, copy.constant(value.name(), tensor)));
        for (Node node : graph.nodes()) {
            List<Value> inputs = node.inputs().stream().map(values::get).toList();
            Optional<Window> window = window(node.op());
            Node other = window.isPresent()
                    ? replaced(copy, node, inputs.getFirst(), window.get(), seed)
                    : Node.infer(node.name(), node.op(), inputs);
            copy.add(other);
            for (int i = 0; i < node.outputs().size(); i++) {
                values.put(node.outputs().get(i), other.outputs().get(i));
            }
        }
        graph.outputs().forEach(output -> copy.output(Expect.present(values.get(output), output)));
        return copy.build();
    }

    private static Optional<Window> window(Op op) {
        return switch (op) {
            case MaxPool pool -> Optional.of(pool.window());
            case AveragePool pool -> Optional.of(pool.window());
            case Op _ -> Optional.empty();
        };
    }

    private Node replaced(Graph.Builder copy, Node node, Value input, Window window, long seed) {
        long channels = input.type().shape().dim(1);
        List<Long> dims = new ArrayList<>(List.of(channels, 1L));
        dims.addAll(window.kernel());
        TensorType type = input.type().withShape(new Shape(dims));
        Tensor weights = this == SUBSAMPLED
                ? middle(type, window)
                : means(type, window.points(), RandomTensors.seedFor(seed, node.name()));
        Value kernel = copy.constant(node.name() + ".in-its-place", weights);
        Conv conv = new Conv(
                window.strides(),
                pads(window, input.type().shape(), node.output().type().shape()),
                window.dilations(),
                channels);
        return Node.infer(node.name(), conv, List.of(input, kernel));
    }

    /// Padding with which a convolution, which rounds down, yields as many elements as a pooling that rounds up.
    private static List<Long> pads(Window window, Shape input, Shape output) {
        List<Long> pads = new ArrayList<>(window.pads());
        for (int axis = 0; axis < window.rank(); axis++) {
            long reached = (output.dim(axis + 2) - 1) * window.strides().get(axis) + window.span(axis);
            pads.set(
                    window.rank() + axis,
                    Math.max(window.padEnd(axis), reached - input.dim(axis + 2) - window.padBegin(axis)));
        }
        return pads;
    }

    private static Tensor middle(TensorType type, Window window) {
        Tensor weights = Tensor.allocate(type);
        long point = 0;
        for (long extent : window.kernel()) {
            point = point * extent + (extent - 1) / 2;
        }
        for (long i = point; i < type.shape().elements(); i += window.points()) {
            weights.set(i, 1);
        }
        return weights;
    }

    private static Tensor means(TensorType type, long points, long seed) {
        Tensor weights = RandomTensors.uniform(type, 0, 1, seed);
        for (long start = 0; start < type.shape().elements(); start += points) {
            double sum = 0;
            for (long i = start; i < start + points; i++) {
                sum += weights.get(i);
            }
            for (long i = start; i < start + points; i++) {
                weights.set(i, weights.get(i) / sum);
            }
        }
        return weights;
    }
}
