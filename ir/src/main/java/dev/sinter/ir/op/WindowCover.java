package dev.sinter.ir.op;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;

/// The windows that an input element stands under, and by which point each: what a pool's gradient gathers over. Along
/// a dimension with stride s that are ceil(span / s) windows, one where windows do not overlap.
///
/// @param reduction numbers the windows along each dimension, from the last one backwards
/// @param outputs the windows' coordinates, one per dimension
/// @param point which of the window's points, in row-major order
record WindowCover(List<Axis> reduction, List<Index> outputs, Index point, List<Limit> limits) {
    /// Where there is such a window.
    private record Limit(Index index, long lo, long hi) {}

    /// @param extents how many windows there are
    static WindowCover of(Window window, List<Index> element, Shape extents) {
        List<Axis> reduction = new ArrayList<>();
        List<Index> outputs = new ArrayList<>(element.subList(0, 2));
        List<Limit> limits = new ArrayList<>();
        Index point = Index.ZERO;
        for (int axis = 0; axis < window.rank(); axis++) {
            long stride = window.strides().get(axis);
            long dilation = window.dilations().get(axis);
            Axis back = new Axis("j" + axis, Math.ceilDiv(window.span(axis), stride));
            Index padded = element.get(axis + 2).plus(window.padBegin(axis));
            Index output = padded.dividedBy(stride).minus(Index.of(back));
            Index inside = padded.modulo(stride).plus(Index.of(back).times(stride));
            limits.add(new Limit(output, 0, extents.dim(axis + 2)));
            limits.add(new Limit(inside, 0, window.span(axis)));
            limits.add(new Limit(inside.modulo(dilation), 0, 1));
            point = point.times(window.kernel().get(axis)).plus(inside.dividedBy(dilation));
            reduction.add(back);
            outputs.add(output);
        }
        return new WindowCover(reduction, outputs, point, limits);
    }

    /// `value` where the window is one, zero elsewhere.
    Expr guarded(Expr value) {
        Expr zero = Expr.constant(0, value.type());
        Expr guarded = value;
        for (Limit limit : limits.reversed()) {
            if (!limit.index().range().isWithin(limit.lo(), limit.hi())) {
                guarded = new Expr.Within(limit.index(), limit.lo(), limit.hi(), guarded, zero);
            }
        }
        return guarded;
    }
}
