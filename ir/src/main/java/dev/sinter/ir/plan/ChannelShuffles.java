package dev.sinter.ir.plan;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.type.Shape;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where channels are put into another order on their way to a depthwise convolution, as in ShuffleNet: reshape,
/// transpose, reshape, with pixels where they were. Such a convolution reads one channel for each that it computes, so
/// it may as well take it from where it was before.
final class ChannelShuffles {
    private final Graph graph;
    private final Set<Node> moves = Collections.newSetFromMap(new IdentityHashMap<>());

    private ChannelShuffles(Graph graph) {
        this.graph = graph;
        graph.nodes().stream().filter(ChannelShuffles::isDepthwise).forEach(conv -> find(conv.input(0)));
    }

    static ChannelShuffles in(Graph graph) {
        return new ChannelShuffles(graph);
    }

    /// True if `node` reads what `producer`, the end of a shuffle or a part of it, yields.
    boolean joins(Node producer, Node node) {
        return moves.contains(producer) && (moves.contains(node) || isDepthwise(node));
    }

    private static boolean isDepthwise(Node node) {
        return node.op() instanceof Conv conv && conv.isDepthwise(node.signature());
    }

    private void find(Value shuffled) {
        Optional<Node> last = mover(shuffled, Reshape.class);
        Optional<Node> middle = last.flatMap(node -> mover(node.input(0), Transpose.class));
        Optional<Node> first = middle.flatMap(node -> mover(node.input(0), Reshape.class));
        if (first.isPresent() && keepsPixels(first.get(), middle.get(), last.get())) {
            moves.addAll(List.of(first.get(), middle.get(), last.get()));
        }
    }

    /// Nobody else may need what it yields.
    private Optional<Node> mover(Value value, Class<?> kind) {
        return graph.producer(value)
                .filter(node -> kind.isInstance(node.op()))
                .filter(_ -> graph.hasOneUse(value) && !graph.isOutput(value));
    }

    /// True if the last two dimensions are the same all the way.
    private static boolean keepsPixels(Node first, Node middle, Node last) {
        Shape before = first.input(0).type().shape();
        Shape apart = first.output().type().shape();
        List<Long> order = ((Transpose) middle.op()).permutation();
        int rank = apart.rank();
        return before.rank() >= 3
                && rank >= 3
                && order.get(rank - 1) == rank - 1
                && order.get(rank - 2) == rank - 2
                && pixels(before).equals(pixels(apart))
                && pixels(before).equals(pixels(last.output().type().shape()));
    }

    private static List<Long> pixels(Shape shape) {
        return shape.dims().subList(Math.max(0, shape.rank() - 2), shape.rank());
    }
}
