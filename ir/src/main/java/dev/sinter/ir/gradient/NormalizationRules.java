package dev.sinter.ir.gradient;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Lrn;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Normalisations.
final class NormalizationRules {
    private NormalizationRules() {}

    /// With s = √(variance + epsilon), y = (x - mean) / s · scale + bias: dx = dy · scale / s,
    /// d scale = Σ dy · (x - mean) / s, d bias = Σ dy, d mean = -scale / s · Σ dy,
    /// d variance = -scale / (2 s³) · Σ dy · (x - mean), the sums over all dimensions but the channels.
    static Value batch(double epsilon, Backward at, int operand) {
        Value dy = at.gradient();
        Value scale = at.input(1);
        return switch (operand) {
            case 0 -> at.times(dy, perChannel(at, at.dividedBy(scale, deviation(epsilon, at))));
            case 1 -> at.dividedBy(at.sumAllBut(at.times(dy, centred(at)), 1), deviation(epsilon, at));
            case 2 -> at.sumAllBut(dy, 1);
            case 3 ->
                at.unary(Unary.Kind.NEGATE, at.times(at.sumAllBut(dy, 1), at.dividedBy(scale, deviation(epsilon, at))));
            default -> {
                Value deviation = deviation(epsilon, at);
                Value cube = at.times(deviation, at.times(deviation, deviation));
                Value sum = at.sumAllBut(at.times(dy, centred(at)), 1);
                yield at.scaled(at.times(sum, at.dividedBy(scale, cube)), -0.5);
            }
        };
    }

    private static Value deviation(double epsilon, Backward at) {
        return at.unary(Unary.Kind.SQRT, at.plus(at.input(4), at.number(epsilon)));
    }

    private static Value centred(Backward at) {
        return at.minus(at.input(0), perChannel(at, at.input(3)));
    }

    /// A vector of channels in a shape that stretches to the input's.
    private static Value perChannel(Backward at, Value vector) {
        List<Long> dims =
                new ArrayList<>(Collections.nCopies(at.input(0).type().shape().rank(), 1L));
        dims.set(1, vector.type().shape().dim(0));
        return at.reshaped(vector, new Shape(dims));
    }

    /// With s = bias + alpha / size · Σ x² over the channels near, y = x · s^-beta:
    /// dx = dy · s^-beta - 2 · alpha · beta / size · x · Σ dy · x · s^(-beta - 1), the sum over the channels that x is
    /// near to.
    static Value lrn(Lrn lrn, Backward at) {
        Value x = at.input(0);
        Value dy = at.gradient();
        long before = (lrn.size() - 1) / 2;
        long after = lrn.size() - 1 - before;
        // An average over the window times its size is the sum.
        Value squares = near(at, at.times(x, x), lrn.size(), before, after);
        Value s = at.plus(at.scaled(squares, lrn.alpha()), at.number(lrn.bias()));
        Value power = at.binary(Binary.Kind.POW, s, at.number(-lrn.beta()));
        Value own = at.times(dy, power);
        Value others = near(at, at.dividedBy(at.times(own, x), s), lrn.size(), after, before);
        return at.minus(own, at.scaled(at.times(x, others), 2 * lrn.alpha() * lrn.beta()));
    }

    /// The average over `size` channels from `before` below to `after` above, where those that are not there are zero.
    private static Value near(Backward at, Value value, long size, long before, long after) {
        Shape shape = value.type().shape();
        long inner = shape.dims().subList(2, shape.rank()).stream().reduce(1L, (a, b) -> a * b);
        Window window =
                new Window(List.of(size, 1L), List.of(1L, 1L), List.of(before, 0L, after, 0L), List.of(1L, 1L), false);
        Value plane = at.reshaped(value, Shape.of(shape.dim(0), 1, shape.dim(1), inner));
        return at.reshaped(at.apply(new AveragePool(window, true), plane), shape);
    }
}
