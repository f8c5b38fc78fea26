package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.ElementaryFunctions;
import dev.sinter.ir.numeric.TrigonometricFunctions;
import java.util.function.DoubleUnaryOperator;

/// Functions of single elements as the oracle sees them, each result rounded as it is where it is stored.
public final class RealFunctions {
    private static final Bounded ZERO = Bounded.exact(0);
    private static final Bounded ONE = Bounded.exact(1);

    private final Arithmetic arithmetic;
    private final ElementaryFunctions functions;
    private final TrigonometricFunctions trigonometry;

    RealFunctions(Arithmetic arithmetic) {
        this.arithmetic = arithmetic;
        this.functions = new ElementaryFunctions(arithmetic);
        this.trigonometry = new TrigonometricFunctions(arithmetic);
    }

    /// One of these functions, of one element.
    public interface OfOne {
        Bounded apply(RealFunctions functions, Bounded x);
    }

    /// One of these functions, of two elements.
    public interface OfTwo {
        Bounded apply(RealFunctions functions, Bounded a, Bounded b);
    }

    public Bounded relu(Bounded x) {
        return x.max(ZERO);
    }

    public Bounded abs(Bounded x) {
        return new Bounded(Math.abs(x.value()), x.bound());
    }

    public Bounded negated(Bounded x) {
        return x.negated();
    }

    public Bounded floor(Bounded x) {
        return stepped(Math::floor, x);
    }

    public Bounded ceil(Bounded x) {
        return stepped(Math::ceil, x);
    }

    public Bounded round(Bounded x) {
        return stepped(Math::rint, x);
    }

    public Bounded sign(Bounded x) {
        return stepped(Math::signum, arithmetic.read(x));
    }

    public Bounded sin(Bounded x) {
        return arithmetic.stored(trigonometry.sin(x));
    }

    public Bounded cos(Bounded x) {
        return arithmetic.stored(trigonometry.cos(x));
    }

    public Bounded tan(Bounded x) {
        return arithmetic.stored(trigonometry.tan(x));
    }

    public Bounded asin(Bounded x) {
        return arithmetic.stored(trigonometry.asin(x));
    }

    public Bounded acos(Bounded x) {
        return arithmetic.stored(trigonometry.acos(x));
    }

    public Bounded atan(Bounded x) {
        return arithmetic.stored(trigonometry.atan(x));
    }

    public Bounded sinh(Bounded x) {
        return arithmetic.stored(trigonometry.sinh(x));
    }

    public Bounded cosh(Bounded x) {
        return arithmetic.stored(trigonometry.cosh(x));
    }

    public Bounded asinh(Bounded x) {
        return arithmetic.stored(trigonometry.asinh(x));
    }

    public Bounded acosh(Bounded x) {
        return arithmetic.stored(trigonometry.acosh(x));
    }

    public Bounded atanh(Bounded x) {
        return arithmetic.stored(trigonometry.atanh(x));
    }

    public Bounded sigmoid(Bounded x) {
        return arithmetic.stored(functions.sigmoid(x));
    }

    public Bounded tanh(Bounded x) {
        return arithmetic.stored(functions.tanh(x));
    }

    public Bounded exp(Bounded x) {
        return arithmetic.stored(functions.exp(x));
    }

    public Bounded log(Bounded x) {
        return arithmetic.stored(functions.log(x));
    }

    public Bounded sqrt(Bounded x) {
        return arithmetic.stored(functions.sqrt(x));
    }

    public Bounded erf(Bounded x) {
        return arithmetic.stored(functions.erf(x));
    }

    public Bounded reciprocal(Bounded x) {
        return arithmetic.stored(arithmetic.dividedBy(ONE, x));
    }

    public Bounded plus(Bounded a, Bounded b) {
        return arithmetic.stored(arithmetic.plus(a, b));
    }

    public Bounded minus(Bounded a, Bounded b) {
        return arithmetic.stored(arithmetic.minus(a, b));
    }

    public Bounded times(Bounded a, Bounded b) {
        return arithmetic.stored(arithmetic.times(a, b));
    }

    public Bounded dividedBy(Bounded a, Bounded b) {
        return arithmetic.stored(arithmetic.dividedBy(a, b));
    }

    public Bounded power(Bounded a, Bounded b) {
        return arithmetic.stored(functions.pow(a, b));
    }

    public Bounded remainder(Bounded a, Bounded b) {
        return arithmetic.stored(functions.remainder(a, b));
    }

    public Bounded max(Bounded a, Bounded b) {
        return a.max(b);
    }

    public Bounded min(Bounded a, Bounded b) {
        return a.min(b);
    }

    /// A step function that never falls: any value that it takes between the operand's bounds may come out.
    private static Bounded stepped(DoubleUnaryOperator step, Bounded x) {
        double value = step.applyAsDouble(x.value());
        if (x.bound() == 0) {
            return Bounded.exact(value);
        }
        double highest = step.applyAsDouble(x.value() + x.bound());
        double lowest = step.applyAsDouble(x.value() - x.bound());
        return new Bounded(value, Math.max(highest - value, value - lowest));
    }
}
