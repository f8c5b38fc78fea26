package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.type.Shape;
import java.util.List;
import java.util.Optional;

/// Writes what can be said in several ways in one: a flatten, and a transpose that moves only dimensions of extent 1,
/// as a reshape; a reshape of a reshape as one; a transpose of a transpose as one.
public record Canonicalise() implements Rule {
    @Override
    public String name() {
        return "canonicalise";
    }

    @Override
    public Optional<Patch> apply(Graph graph, Node node) {
        if (node.op() instanceof Flatten) {
            return Optional.of(reshape(node, source(graph, node)));
        }
        if (node.op() instanceof Reshape) {
            Value source = source(graph, node);
            return source == node.input(0) ? Optional.empty() : Optional.of(reshape(node, source));
        }
        return node.op() instanceof Transpose transpose ? ofTranspose(graph, node, transpose) : Optional.empty();
    }

    private static Optional<Patch> ofTranspose(Graph graph, Node node, Transpose transpose) {
        if (keepsOrder(transpose, node.input(0).type().shape())) {
            return Optional.of(reshape(node, source(graph, node)));
        }
        Node above = graph.producer(node.input(0)).orElse(null);
        if (above == null || !(above.op() instanceof Transpose(var first))) {
            return Optional.empty();
        }
        List<Long> both = transpose.permutation().stream()
                .map(axis -> first.get(axis.intValue()))
                .toList();
        return Optional.of(Patch.replace(new Node(node.name(), new Transpose(both), above.inputs(), node.outputs())));
    }

    /// True if the dimensions that hold more than one element stay in order, so that the elements do.
    private static boolean keepsOrder(Transpose transpose, Shape shape) {
        List<Long> moved = transpose.permutation().stream()
                .filter(axis -> shape.dim(axis.intValue()) != 1)
                .toList();
        return moved.equals(moved.stream().sorted().toList());
    }

    /// What the elements come from, before a reshape above `node`. One step is enough: each sweep over the graph halves
    /// a chain of reshapes, where a walk to its top from every node of it would take quadratic time.
    private static Value source(Graph graph, Node node) {
        Value value = node.input(0);
        return graph.producer(value)
                .filter(above -> above.op() instanceof Reshape || above.op() instanceof Flatten)
                .map(above -> above.input(0))
                .orElse(value);
    }

    private static Patch reshape(Node node, Value source) {
        Reshape reshape = new Reshape(node.output().type().shape().dims());
        return Patch.replace(new Node(node.name(), reshape, List.of(source), node.outputs()));
    }
}
