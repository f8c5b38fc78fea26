package dev.sinter.ir.numeric;

import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.FloatFormat;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongToDoubleFunction;
import java.util.function.Supplier;

/// Arithmetic on numbers with bounds, as a kernel with a given [Rounding] may do it in an element type.
///
/// Every operation yields what exact operands would give, and a bound made of what the operands' bounds may change and
/// of the operation's own error: u times the magnitude of the result, or `ulp` · 2u times it for a function that is
/// right to `ulp` units in the last place (one such unit is at most 2u times the magnitude). To this comes an absolute
/// term where results may underflow. A result that may overflow is unknown; one that must is infinite.
public final class Arithmetic {
    /// Division, in units in the last place, by the OpenCL C specification, "Relative error as ulps", full profile.
    static final double DIVISION_ULP = 2.5;

    /// How much larger than 1 the other factor may be where a sum of products has an operand taken for zero.
    public static final double LARGEST_FACTOR = 1024;

    private final Rounding rounding;
    private final ElementType type;
    private final double unit;
    private final double flushed;
    private final double underflow;
    private final double largest;
    private final boolean isWhole;

    /// @param type a floating-point type
    public Arithmetic(Rounding rounding, ElementType type) {
        this(rounding, type, false);
    }

    private Arithmetic(Rounding rounding, ElementType type, boolean isWhole) {
        this.rounding = rounding;
        this.type = type;
        this.isWhole = isWhole;
        unit = rounding.unit(type);
        flushed = rounding.flushed(type);
        underflow = unit == 0 ? 0 : flushed + leastPositive(type);
        largest = largest(unit);
    }

    /// The same for sums and products of the elements of these tensors. If all of them are whole numbers, nothing is
    /// rounded as long as magnitudes stay where the type holds every whole number.
    public Arithmetic of(List<TensorView> operands) {
        return operands.stream().allMatch(Arithmetic::isWhole) ? new Arithmetic(rounding, type, true) : this;
    }

    private static boolean isWhole(TensorView view) {
        if (!view.isExact()) {
            return false;
        }
        long elements = view.type().shape().elements();
        for (long i = 0; i < elements; i++) {
            double value = view.value(i);
            if (value != Math.rint(value) || Double.isInfinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static double leastPositive(ElementType type) {
        return switch (type) {
            case FLOAT16 -> 0x1p-24;
            case FLOAT32 -> Float.MIN_VALUE;
            case FLOAT64 -> Double.MIN_VALUE;
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64, BOOL ->
                throw new IllegalArgumentException(type + " is not a floating-point type");
        };
    }

    /// The largest number of the format that has this unit roundoff: a kernel may compute in a wider type than it
    /// stores.
    private static double largest(double unit) {
        if (unit >= ElementType.FLOAT16.unitRoundoff()) {
            return FloatFormat.FLOAT16.largest();
        }
        return unit >= ElementType.FLOAT32.unitRoundoff() ? Float.MAX_VALUE : Double.MAX_VALUE;
    }

    /// A constant of a formula, which the kernel may hold rounded to the element type.
    public Bounded constant(double value) {
        return new Bounded(value, Math.min(Math.abs(value - roundedConstant(value)), unit * Math.abs(value)));
    }

    /// A constant that the kernel stores or compares with as it is: rounded to the element type.
    public double roundedConstant(double value) {
        return Tensor.filled(TensorType.of(type), value).get(0);
    }

    /// A constant that was computed at compile time by a few operations, `roundings` of which rounded to the type.
    public Bounded folded(double value, int roundings) {
        return new Bounded(value, roundings(roundings, value));
    }

    /// What `count` roundings of a number make.
    public double roundings(int count, double value) {
        return unit == 0 ? 0 : count * unit * Math.abs(value);
    }

    public Bounded plus(Bounded a, Bounded b) {
        return result(a.value() + b.value(), a.bound() + b.bound(), 1);
    }

    public Bounded minus(Bounded a, Bounded b) {
        return plus(a, b.negated());
    }

    /// |a|·r_b + |b|·r_a + r_a·r_b, and one rounding.
    public Bounded times(Bounded left, Bounded right) {
        Bounded a = read(left);
        Bounded b = read(right);
        double product = a.value() * b.value();
        if (a.isUnknown() || b.isUnknown()) {
            return Bounded.unknown(product);
        }
        double spread = Math.abs(a.value()) * b.bound() + Math.abs(b.value()) * a.bound() + a.bound() * b.bound();
        return result(product, spread, 1);
    }

    /// Unknown if the divisor may be zero, unless it surely is.
    public Bounded dividedBy(Bounded left, Bounded right) {
        Bounded a = read(left);
        Bounded b = read(right);
        double quotient = a.value() / b.value();
        if (b.value() == 0 && b.bound() == 0) {
            return a.bound() > 0 ? Bounded.unknown(quotient) : Bounded.exact(quotient);
        }
        if (a.isUnknown() || b.leastMagnitude() <= 0) {
            return Bounded.unknown(quotient);
        }
        double spread = (a.bound() + Math.abs(quotient) * b.bound()) / b.leastMagnitude();
        return result(quotient, spread, 2 * DIVISION_ULP);
    }

    /// A function that never falls. What it does to bounds is its difference at their ends.
    ///
    /// @param ulp its own error in units in the last place
    public Bounded increasing(DoubleUnaryOperator function, double ulp, Bounded operand) {
        Bounded x = read(operand);
        double value = function.applyAsDouble(x.value());
        if (x.bound() == 0) {
            return result(value, 0, 2 * ulp);
        }
        double highest = function.applyAsDouble(x.value() + x.bound());
        double lowest = function.applyAsDouble(x.value() - x.bound());
        if (x.isUnknown() || Double.isNaN(highest) != Double.isNaN(lowest)) {
            return Bounded.unknown(value);
        }
        return result(value, Math.max(highest - value, value - lowest), 2 * ulp);
    }

    /// A result of some other operation.
    ///
    /// @param spread how far the result moves as the operands move within their bounds
    /// @param ulp the operation's own error in units in the last place
    public Bounded operation(double value, double spread, double ulp) {
        return result(value, spread, 2 * ulp);
    }

    /// Σ t of `terms` addends, summed in any order.
    ///
    /// @param spread Σ r
    /// @param magnitude Σ (|t| + r)
    public Bounded sum(double value, double spread, double magnitude, long terms) {
        return total(value, spread, magnitude, rounding.sum(terms), terms * underflow);
    }

    /// As above, of known addends: where many are almost equal, as in a picture of one colour, their roundings are no
    /// longer as good as random.
    ///
    /// @param addend one of them, from 0 on
    public Bounded sum(double value, double spread, double magnitude, long terms, LongToDoubleFunction addend) {
        double roundings = rounding.sum(
                terms,
                () -> AlikeRoundings.squares(terms, Addends.of(terms, addend, magnitude, spread), type.unitRoundoff()));
        return total(value, spread, magnitude, roundings, terms * underflow);
    }

    /// Σ a·b of `terms` products (or single addends), summed in any order, each product rounded before it is added or
    /// not.
    ///
    /// @param spread Σ |a|·r_b + |b|·r_a + r_a·r_b
    /// @param magnitude Σ (|a| + r_a)·(|b| + r_b)
    /// @param extra further roundings that every product may see, for example by a factor folded into it
    public Bounded dotProduct(double value, double spread, double magnitude, long terms, int extra) {
        double absolute = terms * (underflow + LARGEST_FACTOR * flushed);
        return total(value, spread, magnitude, rounding.sum(terms) + 1 + extra, absolute);
    }

    /// As above.
    ///
    /// @param products asked for if [#looksAtAddends()]
    public Bounded dotProduct(
            double value, double spread, double magnitude, long terms, int extra, Supplier<Addends> products) {
        double absolute = terms * (underflow + LARGEST_FACTOR * flushed);
        double roundings =
                rounding.sum(terms, () -> AlikeRoundings.squares(terms, products.get(), type.unitRoundoff()));
        return total(value, spread, magnitude, roundings + 1 + extra, absolute);
    }

    /// True if bounds of sums depend on what is summed.
    public boolean looksAtAddends() {
        return rounding.looksAtAddends();
    }

    /// By which factor less one `factors` roundings of a product may change it.
    double growth(long factors, LongToDoubleFunction factor) {
        double roundings = rounding.sum(factors, () -> Repeats.squares(factors, factor));
        return unit == 0 ? 0 : Math.expm1(roundings * Math.log1p(unit));
    }

    /// @param magnitude Π (|t| + r)
    Bounded product(double value, double magnitude, double growth, double absolute) {
        if (!Double.isFinite(value)) {
            return Bounded.exact(value);
        }
        double spread = magnitude - Math.abs(value);
        return limited(value, spread + growth * magnitude + absolute);
    }

    /// False if a quotient may be larger than any number of the type is, but infinity.
    public boolean holds(double magnitude, Bounded divisor) {
        return magnitude <= largest * divisor.leastMagnitude() || Double.isInfinite(magnitude);
    }

    boolean rounds() {
        return unit > 0;
    }

    double underflow() {
        return underflow;
    }

    double largest() {
        return largest;
    }

    private Bounded total(double value, double spread, double magnitude, double roundings, double absolute) {
        if (!Double.isFinite(value)) {
            // Zero is among what a factor may be, and infinity times that is no number.
            return Double.isFinite(spread) ? new Bounded(value, spread) : Bounded.unknown(value);
        }
        if (isWhole && spread == 0 && magnitude * unit <= 1) {
            return Bounded.exact(value);
        }
        double bound = spread + absolute + (unit == 0 ? 0 : roundings * unit * magnitude);
        // A partial sum may overflow where the sum does not.
        return magnitude > largest ? overflowing(value, bound) : limited(value, bound);
    }

    /// What a store leaves of a number that was computed in a wider type. Nothing is lost if there is none.
    public Bounded stored(Bounded x) {
        double own = type.unitRoundoff();
        if (unit == 0 || unit >= own || !Double.isFinite(x.value())) {
            return x;
        }
        double bound = x.bound() + own * x.magnitude() + leastPositive(type);
        return x.magnitude() > largest(own) ? overflowing(x.value(), bound) : new Bounded(x.value(), bound);
    }

    /// The absolute error of a quotient whose divisor overflowed.
    double overflowedQuotient() {
        return unit == 0 ? 0 : 1 / largest;
    }

    /// What a device may make of an operand that is so small that it takes it for zero.
    public Bounded read(Bounded x) {
        return x.leastMagnitude() < flushed ? new Bounded(x.value(), Math.max(x.bound(), Math.abs(x.value()))) : x;
    }

    private Bounded result(double value, double spread, double roundings) {
        if (!Double.isFinite(value)) {
            return new Bounded(value, spread);
        }
        double bound = spread + underflow + (unit == 0 ? 0 : roundings * unit * (Math.abs(value) + spread));
        return limited(value, bound);
    }

    private Bounded limited(double value, double bound) {
        return Math.abs(value) + bound > largest ? overflowing(value, bound) : new Bounded(value, bound);
    }

    private Bounded overflowing(double value, double bound) {
        // Half a unit in the last place above the largest number is where rounding goes to infinity.
        if (Math.abs(value) - bound >= largest * (1 + unit)) {
            return Bounded.exact(Math.copySign(Double.POSITIVE_INFINITY, value));
        }
        return Bounded.unknown(value);
    }
}
