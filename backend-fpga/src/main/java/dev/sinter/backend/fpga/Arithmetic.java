package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.numeric.IntegerTypes;
import dev.sinter.ir.type.ElementType;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;

/// Functions of numbers, by the types that the kernel has for them: integers wrap as those do.
final class Arithmetic {
    private final Signals signals;
    private final Rounding rounding;
    private final RealArithmetic reals;
    private final Tabulation tabulation;
    private final BinaryOperator<Signal> product;

    /// @param product how integers are multiplied
    Arithmetic(Signals signals, BinaryOperator<Signal> product) {
        this.signals = signals;
        this.product = product;
        this.rounding = new Rounding(signals);
        this.reals = new RealArithmetic(signals);
        this.tabulation = new Tabulation(signals, rounding);
    }

    /// All numbers of a type of integers.
    ///
    /// @throws Unsupported if it is no type of integers that hardware has
    static Range range(ElementType type) {
        return switch (type) {
            case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32 ->
                new Range((long) IntegerTypes.least(type), (long) IntegerTypes.largest(type));
            case INT64 -> new Range(Long.MIN_VALUE, Long.MAX_VALUE);
            case UINT64, FLOAT16, FLOAT32, FLOAT64 -> throw new Unsupported(type + " is no type of hardware");
        };
    }

    private Operand.Whole whole(Signal signal, ElementType type) {
        return new Operand.Whole(signals.wrap(signal, range(type)));
    }

    Operand constant(double value, ElementType type) {
        if (!type.isFloating()) {
            return new Operand.Whole(signals.constant((long) value));
        }
        boolean integer = value == Math.rint(value) && Math.abs(value) <= 1L << 52;
        return new Operand.Number(
                integer ? Optional.of(Real.exact(signals.constant((long) value), 0)) : Optional.empty(),
                Optional.of(new Formula.Constant((float) value)),
                "the constant " + value + " is no integer");
    }

    Operand unary(UnaryFunction function, ElementType type, Operand operand) {
        Signal zero = signals.constant(0);
        return switch (operand) {
            case Operand.Number number ->
                number(
                        number.real(),
                        number.lack(),
                        real -> unary(function, real),
                        number.formula().map(formula -> new Formula.Unary(function, formula)));
            case Operand.Whole(Signal signal)
            when function == UnaryFunction.NEGATE -> whole(signals.subtract(zero, signal), type);
            case Operand.Whole(Signal signal)
            when function == UnaryFunction.ABS -> whole(signals.most(signal, signals.subtract(zero, signal)), type);
            case Operand.Whole _ -> throw new Unsupported("there is no " + function + " in hardware");
        };
    }

    private Real unary(UnaryFunction function, Real real) {
        if (function != UnaryFunction.ROUND_EVEN) {
            throw new Unsupported("there is no " + function + " of real numbers in hardware");
        }
        return real.fraction() == 0 ? Real.exact(rounding.integer(real), 0) : real.rounded();
    }

    /// A number that may be had as an integer of fractions, if its operand is.
    private static <T> Operand.Number number(
            Optional<T> operand, String lack, Function<T, Real> compute, Optional<? extends Formula> formula) {
        String why = lack;
        Optional<Real> real = Optional.empty();
        try {
            real = operand.map(compute);
        } catch (Unsupported fact) {
            why = Objects.requireNonNullElse(fact.getMessage(), lack);
        }
        return new Operand.Number(real, formula.map(one -> one), why);
    }

    /// @param realProduct how real numbers are multiplied
    Operand binary(
            BinaryFunction function,
            ElementType type,
            Operand left,
            Operand right,
            BinaryOperator<Signal> realProduct) {
        if (!(left instanceof Operand.Number a) || !(right instanceof Operand.Number b)) {
            return whole(integers(function, left.integer(), right.integer()), type);
        }
        Optional<Supplier<Real>> both =
                a.real().flatMap(x -> b.real().map(y -> () -> reals.binary(function, x, y, realProduct)));
        return number(
                both,
                a.real().isEmpty() ? a.lack() : b.lack(),
                Supplier::get,
                a.formula().flatMap(x -> b.formula().map(y -> new Formula.Binary(function, x, y))));
    }

    Operand multiplyAdd(ElementType type, Operand left, Operand right, Operand addend) {
        Operand factors = whole(product.apply(left.integer(), right.integer()), type);
        return whole(signals.add(addend.integer(), factors.integer()), type);
    }

    private Signal integers(BinaryFunction function, Signal a, Signal b) {
        return switch (function) {
            case ADD -> signals.add(a, b);
            case SUBTRACT -> signals.subtract(a, b);
            case MULTIPLY -> product.apply(a, b);
            case MAX -> signals.most(a, b);
            case MIN -> signals.least(a, b);
            case AND -> signals.bits(Signal.Gate.AND, a, b);
            case OR -> signals.bits(Signal.Gate.OR, a, b);
            case XOR -> signals.bits(Signal.Gate.XOR, a, b);
            case DIVIDE -> signals.divide(a, positive(b));
            case REMAINDER -> signals.remainder(a, positive(b));
            case SHIFT_RIGHT -> signals.shiftRight(a, Math.toIntExact(positive(b)));
            case SHIFT_LEFT, POWER -> throw new Unsupported("there is no " + function + " in hardware");
        };
    }

    private static long positive(Signal signal) {
        if (!signal.isConstant() || signal.constant() < 1) {
            throw new Unsupported("a divisor is no constant above 0");
        }
        return signal.constant();
    }

    /// 1 where the comparison holds.
    Signal compare(Expr.Comparison comparison, Operand left, Operand right) {
        Signal a = left.integer();
        Signal b = right.integer();
        return switch (comparison) {
            case LESS -> signals.less(a, b);
            case LESS_EQUAL -> signals.not(signals.less(b, a));
            case EQUAL -> signals.equal(a, b);
        };
    }

    Operand select(Signal flag, Operand then, Operand otherwise) {
        return new Operand.Whole(signals.select(flag, then.integer(), otherwise.integer()));
    }

    Operand cast(Operand operand, ElementType type) {
        return switch (operand) {
            case Operand.Whole(Signal signal) ->
                type == ElementType.FLOAT32
                        ? Operand.Number.of(Real.of(signal), new Formula.Variable(signal))
                        : whole(signal, type);
            case Operand.Number number -> {
                if (type.isFloating()) {
                    throw new Unsupported("a real number becomes " + type);
                }
                Range range = range(type);
                Signal integer = integer(number);
                if (integer.range().lo() < range.lo() || integer.range().hi() > range.hi()) {
                    throw new Unsupported("a number from " + integer.range().lo() + " to "
                            + integer.range().hi() + " becomes " + type);
                }
                yield new Operand.Whole(integer);
            }
        };
    }

    private Signal integer(Operand.Number number) {
        if (number.real().isEmpty()) {
            return tabulation.integer(number.formula().orElseThrow(() -> new Unsupported(number.lack())));
        }
        try {
            return rounding.integer(number.real().get());
        } catch (Unsupported fact) {
            return tabulation.integer(number.formula().orElseThrow(() -> fact));
        }
    }
}
