package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.numeric.IntegerTypes;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.Identity;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Quantize;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Role;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.Optional;

/// Between which numbers the elements of a tensor of integers lie, as far as types, constants and the nodes above it
/// tell.
///
/// @param least the lower end, included
/// @param most the upper end, included
public record IntegerInterval(double least, double most) {
    /// How many nodes above a value are looked at.
    private static final int DEPTH = 12;

    /// @param value of integers
    public static IntegerInterval of(Graph graph, Value value) {
        return of(graph, value, DEPTH);
    }

    private static IntegerInterval of(Graph graph, Value value, int depth) {
        IntegerInterval whole = ofType(value.type().element());
        Optional<Tensor> constant = graph.constant(value);
        if (constant.isPresent()) {
            return ofConstant(constant.get()).orElse(whole);
        }
        Node node = graph.producer(value).orElse(null);
        if (node == null || depth == 0) {
            return whole;
        }
        IntegerInterval found = switch (node.op()) {
            case Cast _ when !node.input(0).type().element().isFloating() -> of(graph, node.input(0), depth - 1);
            case Quantize quantize -> new IntegerInterval(quantize.least(), quantize.most());
            case Identity _ -> of(graph, node.input(0), depth - 1);
            case Transpose _ -> of(graph, node.input(0), depth - 1);
            case MaxPool _ -> of(graph, node.input(0), depth - 1);
            case Unary(var kind)
            when kind == Unary.Kind.RELU -> of(graph, node.input(0), depth - 1).rectified();
            case Reduce reduce
            when reduce.kind() == Reduce.Kind.SUM ->
                of(graph, node.input(0), depth - 1).times(terms(node));
            case Conv _ -> products(graph, node, depth - 1);
            case Binary(var kind)
            when kind == Binary.Kind.SUB ->
                of(graph, node.input(0), depth - 1).minus(of(graph, node.input(1), depth - 1));
            case Binary(var kind)
            when kind == Binary.Kind.ADD ->
                of(graph, node.input(0), depth - 1)
                        .minus(of(graph, node.input(1), depth - 1).negated());
            default -> node.op().role() == Role.RESHAPE ? of(graph, node.input(0), depth - 1) : whole;
        };
        // What lies outside of its type would have wrapped.
        return whole.least <= found.least && found.most <= whole.most ? found : whole;
    }

    private static double terms(Node node) {
        return (double) node.input(0).type().shape().elements()
                / Math.max(1, node.output().type().shape().elements());
    }

    /// Of a convolution, whose window may lie outside of its input in part.
    private static IntegerInterval products(Graph graph, Node node, int depth) {
        Shape weights = node.input(1).type().shape();
        double each = of(graph, node.input(0), depth).magnitude()
                * of(graph, node.input(1), depth).magnitude();
        double bias =
                node.inputs().size() == 3 ? of(graph, node.input(2), depth).magnitude() : 0;
        double most = each * weights.elements() / Math.max(1, weights.dim(0)) + bias;
        return new IntegerInterval(-most, most);
    }

    private static IntegerInterval ofType(ElementType type) {
        return new IntegerInterval(IntegerTypes.least(type), IntegerTypes.largest(type));
    }

    private static Optional<IntegerInterval> ofConstant(Tensor tensor) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        long elements = tensor.shape().elements();
        for (long i = 0; i < elements; i++) {
            least = Math.min(least, tensor.get(i));
            most = Math.max(most, tensor.get(i));
        }
        return least <= most ? Optional.of(new IntegerInterval(least, most)) : Optional.empty();
    }

    private IntegerInterval minus(IntegerInterval other) {
        return new IntegerInterval(least - other.most, most - other.least);
    }

    private IntegerInterval times(double count) {
        return new IntegerInterval(count * least, count * most);
    }

    private IntegerInterval rectified() {
        return new IntegerInterval(Math.max(0, least), Math.max(0, most));
    }

    private IntegerInterval negated() {
        return new IntegerInterval(-most, -least);
    }

    /// The largest magnitude.
    double magnitude() {
        return Math.max(-least, most);
    }
}
