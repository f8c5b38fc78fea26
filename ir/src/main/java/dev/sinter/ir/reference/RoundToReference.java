package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.FloatFormat;
import java.util.List;

/// The oracle for numbers of narrow formats, rounded in double.
public final class RoundToReference {
    private final FloatFormat format;
    private final boolean saturate;
    private final FloatFormat.Direction direction;
    private final double flushed;

    private RoundToReference(
            FloatFormat format, boolean saturate, FloatFormat.Direction direction, Rounding rounding) {
        this.format = format;
        this.saturate = saturate;
        this.direction = direction;
        flushed = rounding.flushed(ElementType.FLOAT32);
    }

    /// @param direction of FLOAT8E8M0
    public static void evaluate(
            FloatFormat format,
            boolean saturate,
            FloatFormat.Direction direction,
            Rounding rounding,
            List<TensorView> inputs,
            List<TensorView> outputs) {
        RoundToReference reference = new RoundToReference(format, saturate, direction, rounding);
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        ParallelLoop.elements(y.type().shape().elements(), i -> y.set(i, reference.bounded(x.get(i))));
    }

    /// Rounding never falls, so that what may come out lies between what the ends of the interval give; but NaN does
    /// not lie between numbers.
    private Bounded bounded(Bounded x) {
        double value = rounded(x.value());
        if (x.isUnknown()) {
            return Bounded.unknown(value);
        }
        double spread = 0;
        if (x.bound() > 0) {
            double low = rounded(x.value() - x.bound());
            double high = rounded(x.value() + x.bound());
            if (!Double.isFinite(low) || !Double.isFinite(high) || !Double.isFinite(value)) {
                boolean same = Double.compare(low, high) == 0 && Double.compare(low, value) == 0;
                return same ? Bounded.exact(value) : Bounded.unknown(value);
            }
            spread = Math.max(Math.max(high, low) - value, value - Math.min(high, low));
            if (format == FloatFormat.FLOAT8E8M0 && Math.abs(x.value()) < x.bound()) {
                spread = Math.max(spread, value - rounded(0));
            }
        }
        // A device may take a number that is not normal in f32 for zero, on its way in or out.
        boolean small = Math.abs(x.value()) - x.bound() < flushed || Math.abs(value) - spread < flushed;
        double lost = format == FloatFormat.FLOAT8E8M0 ? flushed : Math.min(flushed, Math.abs(value) + spread);
        return new Bounded(value, small ? Math.max(spread, lost) : spread);
    }

    private double rounded(double x) {
        return switch (format) {
            case FLOAT8E8M0 -> powerOfTwo(Math.abs(x));
            case FLOAT4E2M1 -> Double.isNaN(x) ? -0.0 : Math.clamp(nearest(x), -format.largest(), format.largest());
            case FLOAT16, BFLOAT16, FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ -> limited(nearest(x));
        };
    }

    /// The nearest multiple of the last digit that a number of this magnitude has.
    private double nearest(double x) {
        if (!Double.isFinite(x)) {
            return x;
        }
        int digit = Math.max(Math.getExponent(x), format.leastExponent()) - (format.precision() - 1);
        return Math.scalb(Math.rint(Math.scalb(x, -digit)), digit);
    }

    private double limited(double x) {
        if (Double.isNaN(x) || Math.abs(x) <= format.largest()) {
            return x;
        }
        if (saturate) {
            return Math.copySign(format.largest(), x);
        }
        return format.overflow() == FloatFormat.Overflow.INFINITY
                ? Math.copySign(Double.POSITIVE_INFINITY, x)
                : Double.NaN;
    }

    private double powerOfTwo(double magnitude) {
        if (!Double.isFinite(magnitude)) {
            return Double.NaN;
        }
        double below = Math.scalb(1.0, Math.max(Math.getExponent(magnitude), format.leastExponent()));
        boolean above = switch (direction) {
            case DOWN -> false;
            case UP -> magnitude > below;
            case NEAREST -> magnitude >= 1.5 * below;
        };
        double power = above ? 2 * below : below;
        if (power <= format.largest()) {
            return power;
        }
        return saturate ? format.largest() : Double.NaN;
    }
}
