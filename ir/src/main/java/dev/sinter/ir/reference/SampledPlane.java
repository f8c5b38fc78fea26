package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.GridSampleReference.Manner;
import dev.sinter.ir.type.Shape;

/// The spatial dimensions of a tensor `[N, C, D…]`, read at places between its elements.
///
/// A place is known to a bound δ only. What lies between elements is continuous, and changes along a dimension by no
/// more than [Manner#slope()] times the largest magnitude around, so that δ times that bounds what the place's error
/// does. The nearest element may be any that is nearest to a place within δ.
final class SampledPlane {
    /// More of a position's error than that and anything may be read.
    private static final double LARGEST_ERROR = 0.25;

    /// Roundings of the weights of one element along a dimension.
    private static final int ROUNDINGS = 12;

    private final Manner manner;
    private final Arithmetic arithmetic;
    private final TensorView x;
    private final long[] extents;
    private final long[] strides;
    private final double unit;

    SampledPlane(Manner manner, Rounding rounding, TensorView x) {
        this.manner = manner;
        this.arithmetic = new Arithmetic(rounding, x.type().element());
        this.unit = rounding.unit(x.type().element());
        this.x = x;
        Shape shape = x.type().shape();
        int space = shape.rank() - 2;
        extents = new long[space];
        strides = new long[space];
        for (int axis = 0; axis < space; axis++) {
            extents[axis] = shape.dim(axis + 2);
            strides[axis] = shape.strides()[axis + 2];
        }
    }

    int rank() {
        return extents.length;
    }

    long extent(int axis) {
        return extents[axis];
    }

    /// @param plane by image and channel
    /// @param at in elements along each dimension
    Bounded at(long plane, Bounded[] at) {
        double[] place = new double[at.length];
        double error = 0;
        for (int axis = 0; axis < at.length; axis++) {
            place[axis] = at[axis].value();
            error = Math.max(error, at[axis].bound());
            if (!Double.isFinite(at[axis].value()) || !(at[axis].bound() < LARGEST_ERROR)) {
                return Bounded.unknown(0);
            }
        }
        long base = plane;
        for (long extent : extents) {
            base *= extent;
        }
        return manner.isNearest() ? nearest(base, place, error) : between(base, place, error);
    }

    /// Where padding puts a number along a dimension; -1 for nowhere.
    private long kept(double at, int axis) {
        long extent = extents[axis];
        return switch (manner.padding()) {
            case "ZEROS" -> at >= 0 && at <= extent - 1 ? (long) at : -1;
            case "BORDER" -> (long) Math.clamp(at, 0, extent - 1.0);
            default -> (long) Math.clamp(Math.rint(mirrored(at, extent)), 0, extent - 1.0);
        };
    }

    private double mirrored(double at, long extent) {
        double end = manner.alignCorners() ? 0 : -0.5;
        double length = manner.alignCorners() ? extent - 1.0 : extent;
        if (length == 0) {
            return 0;
        }
        double around = Math.abs(at - end) % (2 * length);
        return end + Math.min(around, 2 * length - around);
    }

    private Bounded read(long base, long[] at) {
        long element = base;
        for (int axis = 0; axis < at.length; axis++) {
            if (at[axis] < 0) {
                return Bounded.exact(0);
            }
            element += at[axis] * strides[axis];
        }
        return x.get(element);
    }

    private Bounded nearest(long base, double[] place, double error) {
        long[] at = new long[place.length];
        for (int axis = 0; axis < place.length; axis++) {
            at[axis] = kept(Math.rint(place[axis]), axis);
        }
        Bounded found = read(base, at);
        double bound = found.bound();
        // Each combination of the ends of what the place may be.
        for (int corner = 0; corner < 1 << place.length && error > 0; corner++) {
            for (int axis = 0; axis < place.length; axis++) {
                double moved = place[axis] + ((corner >> axis & 1) == 0 ? -error : error);
                at[axis] = kept(Math.rint(moved), axis);
            }
            Bounded other = read(base, at);
            bound = Math.max(bound, Math.abs(other.value() - found.value()) + other.bound());
        }
        return new Bounded(found.value(), bound);
    }

    private Bounded between(long base, double[] place, double error) {
        double[] moved = new double[place.length];
        for (int axis = 0; axis < place.length; axis++) {
            moved[axis] = switch (manner.padding()) {
                case "ZEROS" -> place[axis];
                case "BORDER" -> manner.isCubic() ? place[axis] : Math.clamp(place[axis], 0, extents[axis] - 1.0);
                default -> mirrored(place[axis], extents[axis]);
            };
        }
        Sum sum = new Sum();
        add(base, moved, 0, new long[place.length], Bounded.exact(1), sum);
        double shifted = error * manner.slope() * Math.pow(1.5, place.length - 1.0) * place.length * sum.largest;
        double rounded = ROUNDINGS * place.length * unit * sum.magnitude;
        return arithmetic.sum(sum.value, sum.spread + shifted + rounded, sum.magnitude, sum.terms);
    }

    /// A weighted sum, and what its bound is made of.
    private static final class Sum {
        private double value;
        private double spread;
        private double magnitude;
        private double largest;
        private long terms;
    }

    /// Goes through the elements around a place, one more to each side than are read, which count for `largest` only.
    ///
    /// @param weight so far, with what it may be off by: where a curve crosses zero, more than it is
    private void add(long base, double[] place, int axis, long[] at, Bounded weight, Sum sum) {
        if (axis == place.length) {
            Bounded element = read(base, at);
            sum.largest = Math.max(sum.largest, element.magnitude());
            if (weight.magnitude() != 0) {
                double factor = Math.abs(weight.value());
                sum.value += weight.value() * element.value();
                sum.spread += factor * element.bound() + weight.bound() * element.magnitude();
                sum.magnitude += factor * element.magnitude();
                sum.terms++;
            }
            return;
        }
        long left = (long) Math.floor(place[axis]);
        for (long i = left - manner.reach(); i <= left + manner.reach() + 1; i++) {
            at[axis] = kept(i, axis);
            double along = manner.weight(i - place[axis]);
            double error = unit * manner.roundings(i - place[axis]);
            double together = weight.bound() * (Math.abs(along) + error) + Math.abs(weight.value()) * error;
            add(base, place, axis + 1, at, new Bounded(weight.value() * along, together), sum);
        }
    }
}
