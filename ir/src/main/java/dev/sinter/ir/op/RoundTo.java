package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.RoundToReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.FloatFormat;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// The nearest number of a narrower format, still held as an f32: of two equally near the even one, but for
/// FLOAT8E8M0, which has `direction` for that and takes magnitudes.
///
/// Beyond the largest number of the format comes infinity if it has one, else NaN; if `saturate`, the largest, also in
/// place of infinity. FLOAT8E8M0 has NaN for infinity always, FLOAT4E2M1 its largest number always and -0 for NaN.
public record RoundTo(FloatFormat format, boolean saturate, FloatFormat.Direction direction) implements Op {
    /// A float has that many digits.
    private static final int FLOAT_PRECISION = 24;

    /// A number that is larger is rounded as one 2^32 times smaller, since what is added to round it would overflow.
    private static final double LARGE = 0x1p64;

    private static final double SMALLER = 0x1p-32;

    /// As arithmetic rounds to the format.
    public static RoundTo nearest(FloatFormat format) {
        return new RoundTo(format, false, FloatFormat.Direction.NEAREST);
    }

    @Override
    public String mnemonic() {
        return "round_to";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        if (inputs.getFirst().element() != ElementType.FLOAT32) {
            throw Checks.fault(
                    Code.TYPE_ELEMENT,
                    this,
                    "input 0 is " + inputs.getFirst() + " but f32 is expected",
                    "convert it with a cast before this node");
        }
        return inputs;
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return Elementwise.stage(this, types, inputs, operands -> switch (format) {
            case FLOAT16, FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ -> rounded(operands.getFirst());
            case BFLOAT16 -> inParts(operands.getFirst());
            case FLOAT8E8M0 -> powerOfTwo(operands.getFirst());
            case FLOAT4E2M1 -> {
                Expr x = operands.getFirst();
                Expr number = new Expr.Select(Expr.Comparison.EQUAL, x, x, x, number(0));
                yield withSign(onGrid(clamped(number), format.largest()), number);
            }
        });
    }

    private static Expr number(double value) {
        return Expr.constant(value, ElementType.FLOAT32);
    }

    private Expr clamped(Expr x) {
        return x.max(number(-format.largest())).min(number(format.largest()));
    }

    private Expr rounded(Expr x) {
        Expr limited = saturate ? clamped(x) : x;
        Expr signed = withSign(onGrid(limited, format.largest()), limited);
        if (saturate) {
            return signed;
        }
        boolean infinite = format.overflow() == FloatFormat.Overflow.INFINITY;
        Expr beyond = infinite ? signed.times(number(Double.POSITIVE_INFINITY)) : number(Double.NaN);
        return new Expr.Select(
                Expr.Comparison.LESS, number(format.largest()), signed.apply(UnaryFunction.ABS), beyond, signed);
    }

    /// Adding a number whose last digit is worth what the format's last is, and taking it off again, rounds to it.
    ///
    /// @param largest what x is at most where it is finite
    private Expr onGrid(Expr x, double largest) {
        double least = Math.scalb(1.0, format.leastExponent());
        double most = Math.scalb(1.0, Math.getExponent(largest));
        Expr power = x.apply(UnaryFunction.LEADING_POWER).max(number(least)).min(number(most));
        Expr rounder = power.times(number(Math.scalb(1.5, FLOAT_PRECISION - format.precision())));
        return x.plus(rounder).minus(rounder);
    }

    /// What was rounded to zero has lost its sign.
    private static Expr withSign(Expr rounded, Expr x) {
        return new Expr.Select(Expr.Comparison.EQUAL, rounded, number(0), x.times(number(0)), rounded);
    }

    /// The range is that of f32. Multiplying back makes infinity of what is beyond.
    private Expr inParts(Expr x) {
        Expr limited = saturate ? clamped(x) : x;
        Expr magnitude = limited.apply(UnaryFunction.ABS);
        Expr scaled = new Expr.Select(
                Expr.Comparison.LESS, number(LARGE), magnitude, limited.times(number(SMALLER)), limited);
        Expr rounded = withSign(onGrid(scaled, Float.MAX_VALUE * SMALLER), limited);
        return new Expr.Select(
                Expr.Comparison.LESS, number(LARGE), magnitude, rounded.times(number(1 / SMALLER)), rounded);
    }

    /// From the power of two at or below: the next one is the double.
    private Expr powerOfTwo(Expr x) {
        Expr magnitude = x.apply(UnaryFunction.ABS);
        Expr power = magnitude.apply(UnaryFunction.LEADING_POWER).max(number(Math.scalb(1.0, format.leastExponent())));
        Expr next = power.times(number(2));
        Expr rounded = switch (direction) {
            case DOWN -> power;
            case UP -> new Expr.Select(Expr.Comparison.LESS, power, magnitude, next, power);
            case NEAREST ->
                new Expr.Select(Expr.Comparison.LESS_EQUAL, power.times(number(1.5)), magnitude, next, power);
        };
        Expr beyond = number(saturate ? format.largest() : Double.NaN);
        Expr limited = new Expr.Select(Expr.Comparison.LESS, number(format.largest()), rounded, beyond, rounded);
        Expr infinity = number(Double.POSITIVE_INFINITY);
        return new Expr.Select(Expr.Comparison.LESS, magnitude, infinity, limited, number(Double.NaN));
    }

    @Override
    public Role role() {
        return Role.ELEMENTWISE;
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    /// Few integers pass a narrow format exactly.
    @Override
    public Op onIntegers() {
        return new Identity();
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        RoundToReference.evaluate(format, saturate, direction, rounding, inputs, outputs);
    }
}
