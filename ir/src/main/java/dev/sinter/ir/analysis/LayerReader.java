package dev.sinter.ir.analysis;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Reach;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Role;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Reads from a node what can be said of its layer.
final class LayerReader {
    private LayerReader() {}

    /// Empty for nodes that neither slide a window, nor pool, nor have a matrix of weights: it asks for the few that
    /// do, so that a new operator which does not changes nothing here.
    static Optional<LayerFacts> read(Graph graph, Node node, ReceptiveFields fields) {
        Op op = node.op();
        if (op instanceof Conv conv) {
            return Optional.of(convolution(node, conv.window(weightShape(node)), conv.groups(), fields));
        }
        if (op instanceof ConvTranspose conv) {
            return Optional.of(transposed(node, conv, fields));
        }
        if (op.role() == Role.WINDOW && op.reach(node.signature()) instanceof Reach.Sliding(Window window)) {
            return Optional.of(pooling(node, window, fields));
        }
        if (op instanceof Reduce reduce) {
            return globalPooling(node, reduce, fields);
        }
        if (op instanceof Gemm || op instanceof MatMul) {
            return fullyConnected(graph, node, node.output().type().shape().rank(), fields);
        }
        return Optional.empty();
    }

    private static Shape weightShape(Node node) {
        return node.input(1).type().shape();
    }

    private static LayerFacts convolution(Node node, Window window, long groups, ReceptiveFields fields) {
        Shape weight = weightShape(node);
        Shape output = node.output().type().shape();
        return new LayerFacts(
                node,
                LayerFacts.Kind.CONVOLUTION,
                node.input(0).type().shape(),
                output,
                sliding(node, window),
                groups,
                weight.elements(),
                bias(node),
                weight.dim(1) * window.points(),
                places(output),
                fields.of(node.output()));
    }

    private static LayerFacts transposed(Node node, ConvTranspose conv, ReceptiveFields fields) {
        Shape weight = weightShape(node);
        Shape input = node.input(0).type().shape();
        Shape output = node.output().type().shape();
        Window window = conv.window(weight);
        long points = 1;
        for (int axis = 0; axis < window.rank(); axis++) {
            points *= Math.ceilDiv(window.kernel().get(axis), window.strides().get(axis));
        }
        return new LayerFacts(
                node,
                LayerFacts.Kind.TRANSPOSED_CONVOLUTION,
                input,
                output,
                IntStream.range(0, window.rank())
                        .mapToObj(axis -> Extent.spreading(
                                window,
                                axis,
                                input.dim(axis + 2),
                                output.dim(axis + 2),
                                conv.outputPads().get(axis)))
                        .toList(),
                conv.groups(),
                weight.elements(),
                bias(node),
                input.dim(1) / conv.groups() * points,
                places(input),
                fields.of(node.output()));
    }

    private static LayerFacts pooling(Node node, Window window, ReceptiveFields fields) {
        return new LayerFacts(
                node,
                LayerFacts.Kind.POOLING,
                node.input(0).type().shape(),
                node.output().type().shape(),
                sliding(node, window),
                node.output().type().shape().dim(1),
                0,
                0,
                window.points(),
                0,
                fields.of(node.output()));
    }

    /// A reduction counts as pooling if it takes a picture's places together and keeps its channels.
    private static Optional<LayerFacts> globalPooling(Node node, Reduce reduce, ReceptiveFields fields) {
        Shape input = node.input(0).type().shape();
        List<Integer> spatial = IntStream.range(2, input.rank()).boxed().toList();
        if (spatial.isEmpty() || !List.copyOf(reduce.normalisedAxes(input)).equals(spatial)) {
            return Optional.empty();
        }
        return Optional.of(new LayerFacts(
                node,
                LayerFacts.Kind.GLOBAL_POOLING,
                input,
                node.output().type().shape(),
                List.of(),
                input.dim(1),
                0,
                0,
                places(input),
                0,
                fields.of(node.output())));
    }

    private static Optional<LayerFacts> fullyConnected(Graph graph, Node node, int rank, ReceptiveFields fields) {
        Value matrix = node.input(1);
        if (graph.constant(matrix).isEmpty()
                || rank != 2
                || matrix.type().shape().rank() != 2) {
            return Optional.empty();
        }
        Shape input = node.input(0).type().shape();
        Shape output = node.output().type().shape();
        long weights = matrix.type().shape().elements();
        return Optional.of(new LayerFacts(
                node,
                LayerFacts.Kind.FULLY_CONNECTED,
                input,
                output,
                List.of(),
                1,
                weights,
                bias(node),
                weights / Math.max(1, output.dim(1)),
                1,
                fields.of(node.output())));
    }

    private static List<Extent> sliding(Node node, Window window) {
        Shape input = node.input(0).type().shape();
        Shape output = node.output().type().shape();
        return IntStream.range(0, window.rank())
                .mapToObj(axis -> Extent.sliding(window, axis, input.dim(axis + 2), output.dim(axis + 2)))
                .toList();
    }

    private static long bias(Node node) {
        return node.inputs().size() < 3 ? 0 : node.input(2).type().shape().elements();
    }

    private static long places(Shape map) {
        return map.dims().stream().skip(2).reduce(1L, (a, b) -> a * b);
    }
}
