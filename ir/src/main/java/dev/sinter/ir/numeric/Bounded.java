package dev.sinter.ir.numeric;

/// A number v in double and a bound r on how far a correct kernel's number may lie from it.
///
/// What is not a finite number is of a kind that a kernel must hit: an infinite v has the bound 0, a v that is NaN has
/// the bound NaN. An infinite r says that nothing is known, not even whether the kernel's number is finite; it stays
/// infinite through all arithmetic.
public record Bounded(double value, double bound) {
    public Bounded {
        if (bound != Double.POSITIVE_INFINITY) {
            if (Double.isNaN(value)) {
                bound = Double.NaN;
            } else if (Double.isInfinite(value)) {
                bound = 0;
            } else if (Double.isNaN(bound)) {
                bound = Double.POSITIVE_INFINITY;
            }
        }
    }

    public static Bounded exact(double value) {
        return new Bounded(value, 0);
    }

    /// `value` if all went as in exact arithmetic, but a correct kernel may yield anything.
    public static Bounded unknown(double value) {
        return new Bounded(value, Double.POSITIVE_INFINITY);
    }

    public boolean isUnknown() {
        return bound == Double.POSITIVE_INFINITY;
    }

    /// The largest magnitude that a correct kernel's number may have.
    public double magnitude() {
        return Math.abs(value) + bound;
    }

    /// The smallest magnitude, or less than zero if the sign is open.
    public double leastMagnitude() {
        return Math.abs(value) - bound;
    }

    public Bounded negated() {
        return new Bounded(-value, bound);
    }

    /// The larger of two, by a comparison that keeps NaN. Where it is open which one that is, the larger bound holds.
    public Bounded max(Bounded other) {
        if (value - bound >= other.value + other.bound) {
            return this;
        }
        if (other.value - other.bound >= value + bound) {
            return other;
        }
        return new Bounded(Math.max(value, other.value), Math.max(bound, other.bound));
    }

    /// The smaller of two, likewise.
    public Bounded min(Bounded other) {
        return negated().max(other.negated()).negated();
    }
}
