package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.ElementaryFunctions;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// The oracle for powers whose base and exponent have different types; the result has the base's.
public final class PowerReference {
    /// The power itself, and what comes out whole where it is as good as whole.
    private static final double ROUNDINGS = 64;

    private final Rounding rounding;
    private final TensorView bases;
    private final TensorView exponents;

    private PowerReference(Rounding rounding, TensorView bases, TensorView exponents) {
        this.rounding = rounding;
        this.bases = bases;
        this.exponents = exponents;
    }

    public static void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        PowerReference powers = new PowerReference(rounding, inputs.get(0), inputs.get(1));
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        StridedIndex base = StridedIndex.broadcast(inputs.get(0).type().shape(), shape);
        StridedIndex exponent = StridedIndex.broadcast(inputs.get(1).type().shape(), shape);
        boolean realBase = powers.bases.type().element().isFloating();
        boolean realExponent = powers.exponents.type().element().isFloating();
        ParallelLoop.elements(shape.elements(), i -> {
            if (realBase) {
                y.set(i, powers.real(base.at(i), exponent.at(i)));
            } else if (realExponent) {
                powers.setWholePart(y, i, base.at(i), exponent.at(i));
            } else {
                y.setInteger(
                        i,
                        powers.integer(base.at(i), powers.exponents.integer(exponent.at(i))),
                        powers.spread(base.at(i), exponent.at(i)));
            }
        });
    }

    private double spread(long base, long exponent) {
        return bases.bound(base) + exponents.bound(exponent) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }

    /// A kernel converts the exponent to the base's type first.
    private Bounded real(long base, long exponent) {
        ElementType type = bases.type().element();
        Arithmetic arithmetic = new Arithmetic(rounding, type);
        Bounded power = exponents.get(exponent);
        return arithmetic.stored(
                new ElementaryFunctions(arithmetic).pow(bases.get(base), converted(power, type, rounding.unit(type))));
    }

    private static Bounded converted(Bounded x, ElementType type, double unit) {
        boolean same = Tensor.filled(TensorType.of(type), x.value()).get(0) == x.value();
        return same || !Double.isFinite(x.value()) ? x : new Bounded(x.value(), x.bound() + unit * Math.abs(x.value()));
    }

    private long integer(long base, long exponent) {
        long x = bases.integer(base);
        boolean mayBeNegative = exponents.type().element() != ElementType.UINT64;
        if (exponent < 0 && mayBeNegative) {
            boolean isMinusOne = x == -1 && bases.type().element() != ElementType.UINT64;
            return x == 1 ? 1 : isMinusOne ? 1 - 2 * (exponent & 1) : 0;
        }
        return new IntegerFunctions(true).power(x, exponent);
    }

    /// What is left of a power without its fraction. What does not fit into the type has no result that a device must
    /// hit.
    private void setWholePart(TensorView y, long i, long base, long exponent) {
        ElementType type = exponents.type().element();
        Arithmetic arithmetic = new Arithmetic(rounding, type);
        Bounded e = exponents.get(exponent);
        Bounded x = converted(bases.get(base), type, rounding.unit(type));
        double power = Math.pow(bases.value(base), e.value());
        double limit = Math.scalb(1.0, y.type().element().bytes() * Byte.SIZE);
        if (spread(base, exponent) != 0 || !(Math.abs(power) < limit)) {
            y.setInteger(i, (long) power, Double.POSITIVE_INFINITY);
        } else if (e.value() == Math.rint(e.value()) && Math.abs(e.value()) <= Long.MAX_VALUE) {
            y.setInteger(i, integer(base, (long) e.value()));
        } else {
            Bounded real = new ElementaryFunctions(arithmetic).pow(x, e);
            double off = real.bound() + ROUNDINGS * rounding.unit(type) * Math.abs(real.value());
            double least = Math.floor(real.value() - off);
            double most = Math.floor(real.value() + off);
            double value = Math.floor(power);
            y.setInteger(i, (long) value, Math.max(most - value, value - least));
        }
    }
}
