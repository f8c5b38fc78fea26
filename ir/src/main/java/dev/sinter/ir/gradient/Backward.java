package dev.sinter.ir.gradient;

import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Gate;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// One node, seen from behind: the gradient with respect to its output is known, and a rule asks for operators to make
/// that with respect to an input from it.
///
/// @param gradient with respect to the node's output, in its shape
/// @param name what nodes made here are named after
record Backward(Node node, Value gradient, BackwardNodes nodes, String name) {
    Value input(int operand) {
        return node.input(operand);
    }

    Value output() {
        return node.output();
    }

    Value apply(Op op, Value... operands) {
        return nodes.add(name + "." + op.mnemonic(), op, operands);
    }

    Value binary(Binary.Kind kind, Value left, Value right) {
        return apply(new Binary(kind), left, right);
    }

    Value plus(Value left, Value right) {
        return binary(Binary.Kind.ADD, left, right);
    }

    Value minus(Value left, Value right) {
        return binary(Binary.Kind.SUB, left, right);
    }

    Value times(Value left, Value right) {
        if (isOne(right) && left.type().equals(right.type())) {
            return left;
        }
        return isOne(left) && left.type().equals(right.type()) ? right : binary(Binary.Kind.MUL, left, right);
    }

    private boolean isOne(Value value) {
        return nodes.fillOf(value).equals(Optional.of(1.0));
    }

    Value dividedBy(Value left, Value right) {
        return binary(Binary.Kind.DIV, left, right);
    }

    Value unary(Unary.Kind kind, Value operand) {
        return apply(new Unary(kind), operand);
    }

    /// A single number, which stretches to any shape.
    Value number(double value) {
        return nodes.filled(gradient.type().withShape(Shape.of()), value);
    }

    /// The value times a factor that is known now.
    Value scaled(Value value, double factor) {
        if (factor == 1) {
            return value;
        }
        Optional<Double> fill = nodes.fillOf(value);
        return fill.isPresent()
                ? nodes.filled(value.type(), fill.get() * factor)
                : binary(Binary.Kind.MUL, value, number(factor));
    }

    /// `value` where left compares to right, zero elsewhere.
    Value gated(Gate.Kind kind, Value value, Value left, Value right) {
        return apply(new Gate(kind), value, left, right);
    }

    Value reshaped(Value value, Shape shape) {
        if (value.type().shape().equals(shape)) {
            return value;
        }
        Optional<Double> fill = nodes.fillOf(value);
        return fill.isPresent()
                ? nodes.filled(value.type().withShape(shape), fill.get())
                : apply(new Reshape(shape.dims()), value);
    }

    /// The value stretched to `shape`, to which it must broadcast.
    Value stretched(Value value, Shape shape) {
        if (value.type().shape().equals(shape)) {
            return value;
        }
        Optional<Double> fill = nodes.fillOf(value);
        Value whole = nodes.filled(value.type().withShape(shape), fill.orElse(1.0));
        return fill.isPresent() ? whole : binary(Binary.Kind.MUL, value, whole);
    }

    /// The sum over what broadcasting from `shape` had repeated.
    Value summedTo(Value value, Shape shape) {
        Shape from = value.type().shape();
        int missing = from.rank() - shape.rank();
        List<Long> axes = new ArrayList<>();
        for (int axis = 0; axis < from.rank(); axis++) {
            if (axis < missing || shape.dim(axis - missing) == 1 && from.dim(axis) != 1) {
                axes.add((long) axis);
            }
        }
        boolean leading = axes.size() == missing;
        Value summed = axes.isEmpty() ? value : apply(new Reduce(Reduce.Kind.SUM, axes, !leading), value);
        return reshaped(summed, shape);
    }

    /// The sum along axes, which keep an extent of 1.
    Value sum(Value value, List<Long> axes) {
        return apply(new Reduce(Reduce.Kind.SUM, axes, true), value);
    }

    /// The sum over all axes but one.
    Value sumAllBut(Value value, int kept) {
        List<Long> axes = LongStream.range(0, value.type().shape().rank())
                .filter(axis -> axis != kept)
                .boxed()
                .toList();
        return axes.isEmpty() ? value : apply(new Reduce(Reduce.Kind.SUM, axes, false), value);
    }

    /// Two dimensions exchanged.
    Value transposed(Value value, int first, int second) {
        Long[] permutation =
                LongStream.range(0, value.type().shape().rank()).boxed().toArray(Long[]::new);
        permutation[first] = (long) second;
        permutation[second] = (long) first;
        return apply(new Transpose(Arrays.asList(permutation)), value);
    }
}
