package dev.sinter.ir.gradient;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.CumulativeSum;
import dev.sinter.ir.op.Diagonal;
import dev.sinter.ir.op.Gate;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/// Operators that move elements: their gradients move back, and add up what had been repeated.
final class MovementRules {
    private MovementRules() {}

    /// The operand's own piece of dy.
    static Value concat(Concat concat, Backward at, int operand) {
        int along = at.output().type().shape().normaliseAxis(concat.axis());
        long begin = 0;
        for (int i = 0; i < operand; i++) {
            begin += at.input(i).type().shape().dim(along);
        }
        return piece(
                at,
                at.gradient(),
                along,
                begin,
                at.input(operand).type().shape().dim(along));
    }

    static Value transpose(Transpose transpose, Backward at) {
        List<Long> inverse = new ArrayList<>(transpose.permutation());
        for (int axis = 0; axis < inverse.size(); axis++) {
            inverse.set(transpose.permutation().get(axis).intValue(), (long) axis);
        }
        return at.apply(new Transpose(inverse), at.gradient());
    }

    /// What lies inside, and for an edge that was repeated or mirrored what lies outside added to where it came from.
    static Value pad(Pad pad, Backward at) {
        Value gradient = at.gradient();
        if (pad.mode() == Pad.Mode.CONSTANT) {
            List<Long> back = pad.pads().stream().map(amount -> -amount).toList();
            return at.apply(new Pad(back, Pad.Mode.CONSTANT, 0), gradient);
        }
        if (pad.mode() == Pad.Mode.WRAP) {
            return unwrapped(pad, at);
        }
        if (pad.pads().stream().anyMatch(amount -> amount < 0)) {
            throw Rules.missing(at.node(), "it crops and repeats elements at once");
        }
        int rank = at.input(0).type().shape().rank();
        for (int axis = 0; axis < rank; axis++) {
            gradient = folded(
                    pad, at, gradient, axis, pad.pads().get(axis), pad.pads().get(axis + rank));
        }
        return gradient;
    }

    /// The sum of all rounds, each of the input's extent, of which the first and the last may be cut off.
    private static Value unwrapped(Pad pad, Backward at) {
        Value gradient = at.gradient();
        Shape shape = at.input(0).type().shape();
        for (int axis = 0; axis < shape.rank(); axis++) {
            long extent = shape.dim(axis);
            long end = gradient.type().shape().dim(axis);
            long first = -Math.ceilDiv(pad.pads().get(axis), Math.max(1, extent)) * extent
                    + pad.pads().get(axis);
            Value sum = end == 0 ? placed(at, gradient, axis, 0, extent) : null;
            for (long from = first; from < end; from += extent) {
                long begin = Math.max(from, 0);
                long stop = Math.min(from + extent, end);
                if (begin < stop) {
                    Value round =
                            placed(at, piece(at, gradient, axis, begin, stop - begin), axis, begin - from, extent);
                    sum = sum == null ? round : at.plus(sum, round);
                }
            }
            gradient = Objects.requireNonNull(sum);
        }
        return gradient;
    }

    private static Value folded(Pad pad, Backward at, Value value, int axis, long begin, long end) {
        long extent = value.type().shape().dim(axis) - begin - end;
        Value sum = begin == 0 && end == 0 ? value : piece(at, value, axis, begin, extent);
        boolean edge = pad.mode() == Pad.Mode.EDGE;
        if (begin > 0) {
            Value outside = returned(at, piece(at, value, axis, 0, begin), axis, edge);
            sum = at.plus(sum, placed(at, outside, axis, edge ? 0 : 1, extent));
        }
        if (end > 0) {
            Value outside = returned(at, piece(at, value, axis, begin + extent, end), axis, edge);
            sum = at.plus(sum, placed(at, outside, axis, edge ? extent - 1 : extent - 1 - end, extent));
        }
        return sum;
    }

    /// What lies outside, as it is added inside: all on the one edge, or mirrored.
    private static Value returned(Backward at, Value outside, int axis, boolean edge) {
        long extent = outside.type().shape().dim(axis);
        if (edge) {
            return at.sum(outside, List.of((long) axis));
        }
        // Mirrored before its first element it stands there in reverse, its own first element being the last.
        Value mirrored = at.apply(new Pad(pads(outside, axis, extent - 1, 0), Pad.Mode.REFLECT, 0), outside);
        return piece(at, mirrored, axis, 0, extent);
    }

    /// `count` elements along an axis, from `begin` on.
    private static Value piece(Backward at, Value value, int axis, long begin, long count) {
        long end = value.type().shape().dim(axis) - begin - count;
        return at.apply(new Pad(pads(value, axis, -begin, -end), Pad.Mode.CONSTANT, 0), value);
    }

    /// The value among zeros.
    private static Value placed(Backward at, Value value, int axis, long begin, long extent) {
        long end = extent - begin - value.type().shape().dim(axis);
        return at.apply(new Pad(pads(value, axis, begin, end), Pad.Mode.CONSTANT, 0), value);
    }

    private static List<Long> pads(Value value, int axis, long begin, long end) {
        Shape shape = value.type().shape();
        List<Long> pads = new ArrayList<>(Collections.nCopies(2 * shape.rank(), 0L));
        pads.set(axis, begin);
        pads.set(axis + shape.rank(), end);
        return pads;
    }

    /// dy along the diagonal, zeros beside it: where the coordinates along both axes are equal.
    static Value diagonal(Diagonal diagonal, Backward at) {
        Shape x = at.input(0).type().shape();
        int kept = x.normaliseAxis(diagonal.first());
        int dropped = x.normaliseAxis(diagonal.second());
        Value wide = at.reshaped(at.gradient(), x.with(dropped, 1));
        return at.gated(Gate.Kind.EQUAL, wide, coordinates(at, x, kept), coordinates(at, x, dropped));
    }

    /// 1, 2, 3, … along one axis.
    private static Value coordinates(Backward at, Shape shape, int axis) {
        Shape along = new Shape(Collections.nCopies(shape.rank(), 1L)).with(axis, shape.dim(axis));
        return at.apply(new CumulativeSum(axis, false, false), at.stretched(at.number(1), along));
    }
}
