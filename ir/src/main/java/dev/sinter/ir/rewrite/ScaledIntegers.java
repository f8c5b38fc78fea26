package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A tensor of quantised numbers: integers, taken as floating-point numbers, times a constant scale.
///
/// @param integers the integers, before they are transposed
/// @param scale the scale, stretched to the integers as arithmetic does
/// @param permutation by which the product is transposed; empty if it is not
record ScaledIntegers(Value integers, Tensor scale, List<Long> permutation) {
    static Optional<ScaledIntegers> of(Graph graph, Value value) {
        Node node = graph.producer(value).orElse(null);
        if (node == null || value.type().element() != ElementType.FLOAT32) {
            return Optional.empty();
        }
        if (node.op() instanceof Transpose(var permutation)) {
            return of(graph, node.input(0))
                    .filter(scaled -> scaled.permutation.isEmpty())
                    .map(scaled -> new ScaledIntegers(scaled.integers, scaled.scale, permutation));
        }
        if (!(node.op() instanceof Binary(var kind)) || kind != Binary.Kind.MUL) {
            return Optional.empty();
        }
        return product(graph, node, 0).or(() -> product(graph, node, 1));
    }

    private static Optional<ScaledIntegers> product(Graph graph, Node node, int operand) {
        Value numbers = node.input(operand);
        Optional<Tensor> scale = graph.constant(node.input(1 - operand));
        return graph.producer(numbers)
                .filter(cast -> cast.op() instanceof Cast && isInteger(cast.input(0)))
                .filter(_ -> scale.isPresent()
                        && numbers.type().equals(node.output().type()))
                .map(cast -> new ScaledIntegers(cast.input(0), scale.orElseThrow(), List.of()));
    }

    private static boolean isInteger(Value value) {
        ElementType element = value.type().element();
        return !element.isFloating() && element != ElementType.BOOL;
    }

    /// The scale where it is one for all.
    Optional<Double> one() {
        return scale.shape().elements() == 1 ? Optional.of(scale.get(0)) : Optional.empty();
    }

    /// The scale for each place along an axis of the product, if it differs along no other.
    Optional<double[]> along(int axis) {
        Shape shape = integers.type().shape();
        int own = permutation.isEmpty() ? axis : permutation.get(axis).intValue();
        double[] scales = new double[Math.toIntExact(shape.dim(own))];
        if (scale.shape().elements() == 1) {
            Arrays.fill(scales, scale.get(0));
            return Optional.of(scales);
        }
        // Broadcasting aligns shapes at their ends.
        int aligned = own - (shape.rank() - scale.shape().rank());
        if (aligned < 0 || scale.shape().dim(aligned) != scale.shape().elements()) {
            return Optional.empty();
        }
        IntStream.range(0, scales.length).forEach(i -> scales[i] = scale.get(i));
        return Optional.of(scales);
    }
}
