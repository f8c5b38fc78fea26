package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One dimension of a sampled tensor: which elements along it an output is made of, by a coordinate that is known only
/// when the kernel runs.
final class SampledAxis {
    private final GridSample op;
    private final long extent;
    private final ElementType type;
    private final List<Tap> taps;

    /// An element along the axis.
    ///
    /// @param inside where it stands, by which what lies outside is left out; empty if nothing is
    private record Tap(Index index, Optional<Expr> inside, Optional<Expr> weight) {}

    /// @param stated the coordinate, from -1 to 1
    static SampledAxis of(GridSample op, Expr stated, long extent) {
        Expr moved = stated.plus(Expr.constant(1, stated.type()));
        Expr place = op.alignCorners()
                ? moved.times(Expr.constant((extent - 1) / 2.0, stated.type()))
                : moved.times(Expr.constant(extent / 2.0, stated.type())).minus(Expr.constant(0.5, stated.type()));
        return at(op, place, extent);
    }

    /// @param place in elements
    static SampledAxis at(GridSample op, Expr place, long extent) {
        return new SampledAxis(op, place, extent);
    }

    private SampledAxis(GridSample op, Expr place, long extent) {
        this.op = op;
        this.extent = extent;
        this.type = place.type();
        this.taps = switch (op.mode()) {
            case NEAREST -> List.of(tap(kept(place.apply(UnaryFunction.ROUND_EVEN)), Optional.empty()));
            case LINEAR -> linear(kept(place));
            // The curve goes on beyond the border, of elements that are all the border's.
            case CUBIC -> cubic(op.padding() == GridSample.Padding.BORDER ? place : kept(place));
        };
    }

    private Expr constant(double value) {
        return Expr.constant(value, type);
    }

    private List<Tap> linear(Expr place) {
        Expr left = place.apply(UnaryFunction.FLOOR);
        Expr part = place.minus(left);
        return List.of(tap(left, Optional.of(constant(1).minus(part))), tap(left.plus(constant(1)), Optional.of(part)));
    }

    private List<Tap> cubic(Expr place) {
        Expr left = place.apply(UnaryFunction.FLOOR);
        Expr part = place.minus(left);
        Expr rest = constant(1).minus(part);
        return List.of(
                tap(kept(left.minus(constant(1))), Optional.of(outer(part.plus(constant(1))))),
                tap(kept(left), Optional.of(inner(part))),
                tap(kept(left.plus(constant(1))), Optional.of(inner(rest))),
                tap(kept(left.plus(constant(2))), Optional.of(outer(rest.plus(constant(1))))));
    }

    /// The curve from 0 to 1 away.
    private Expr inner(Expr x) {
        double a = GridSample.CUBIC_COEFFICIENT;
        return constant(a + 2).times(x).minus(constant(a + 3)).times(x).times(x).plus(constant(1));
    }

    /// The curve from 1 to 2 away.
    private Expr outer(Expr x) {
        double a = GridSample.CUBIC_COEFFICIENT;
        return constant(a)
                .times(x)
                .minus(constant(5 * a))
                .times(x)
                .plus(constant(8 * a))
                .times(x)
                .minus(constant(4 * a));
    }

    /// A coordinate where the padding puts it.
    private Expr kept(Expr place) {
        return switch (op.padding()) {
            case ZEROS -> place;
            case BORDER -> clamped(place);
            case REFLECTION -> reflected(place);
        };
    }

    /// What is no number is taken to the first element.
    private Expr clamped(Expr place) {
        Expr first = constant(0);
        Expr last = constant(extent - 1.0);
        Expr low = new Expr.Select(Expr.Comparison.LESS_EQUAL, first, place, place, first);
        return new Expr.Select(Expr.Comparison.LESS_EQUAL, low, last, low, last);
    }

    /// Mirrored at both ends as often as it takes: the distance from one end, modulo twice the length, up and down.
    private Expr reflected(Expr place) {
        double end = op.alignCorners() ? 0 : -0.5;
        double length = op.alignCorners() ? extent - 1.0 : extent;
        if (length == 0) {
            return constant(0);
        }
        Expr distance = place.minus(constant(end));
        Expr rounds = distance.times(constant(0.5 / length)).apply(UnaryFunction.FLOOR);
        Expr upAndDown = distance.minus(rounds.times(constant(2 * length)));
        Expr down = constant(2 * length).minus(upAndDown);
        return upAndDown.min(down).plus(constant(end));
    }

    private Tap tap(Expr place, Optional<Expr> weight) {
        Expr whole = op.padding() == GridSample.Padding.REFLECTION ? place.apply(UnaryFunction.ROUND_EVEN) : place;
        Expr number = new Expr.Cast(clamped(whole), ElementType.INT32);
        Optional<Expr> inside = op.padding() == GridSample.Padding.ZEROS ? Optional.of(place) : Optional.empty();
        return new Tap(Index.of(new Index.Loaded(number, extent)), inside, weight);
    }

    /// The sum over all combinations of elements along the axes, each with its weight.
    ///
    /// @param outer the coordinates before those of the axes
    static Expr sum(List<SampledAxis> axes, Access x, List<Index> outer) {
        return axes.getFirst().along(axes.subList(1, axes.size()), x, outer);
    }

    private Expr along(List<SampledAxis> inner, Access x, List<Index> before) {
        Expr sum = null;
        for (Tap tap : taps) {
            List<Index> at = new ArrayList<>(before);
            at.add(tap.index());
            Expr element = inner.isEmpty() ? x.at(at) : inner.getFirst().along(inner.subList(1, inner.size()), x, at);
            Expr present =
                    tap.inside().map(place -> whereInside(place, element)).orElse(element);
            Expr term = tap.weight().map(present::times).orElse(present);
            sum = sum == null ? term : sum.plus(term);
        }
        return java.util.Objects.requireNonNull(sum);
    }

    /// Zero where `place` is outside, or is no number.
    private Expr whereInside(Expr place, Expr element) {
        Expr zero = constant(0);
        Expr upper = new Expr.Select(Expr.Comparison.LESS_EQUAL, place, constant(extent - 1.0), element, zero);
        return new Expr.Select(Expr.Comparison.LESS_EQUAL, zero, place, upper, zero);
    }
}
