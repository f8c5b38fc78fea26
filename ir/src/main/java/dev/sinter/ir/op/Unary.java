package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ElementwiseReference;
import dev.sinter.ir.reference.IntegerFunctions;
import dev.sinter.ir.reference.RealFunctions;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A function of each element by itself. Any shape; the output has the input's type. Of integers there are RELU, ABS,
/// NEGATE and SIGN, which wrap.
public record Unary(Kind kind) implements Op {
    public static final Unary RELU = new Unary(Kind.RELU);

    /// Which function. RELU and SIGN keep NaN; SIGMOID is 1 / (1 + exp(-x)); ROUND goes to even.
    public enum Kind {
        RELU(RealFunctions::relu),
        SIGMOID(RealFunctions::sigmoid),
        TANH(RealFunctions::tanh),
        EXP(RealFunctions::exp),
        LOG(RealFunctions::log),
        SQRT(RealFunctions::sqrt),
        ABS(RealFunctions::abs),
        NEGATE(RealFunctions::negated),
        RECIPROCAL(RealFunctions::reciprocal),
        ERF(RealFunctions::erf),
        FLOOR(RealFunctions::floor),
        CEIL(RealFunctions::ceil),
        ROUND(RealFunctions::round),
        SIGN(RealFunctions::sign),
        SIN(RealFunctions::sin),
        COS(RealFunctions::cos),
        TAN(RealFunctions::tan),
        ASIN(RealFunctions::asin),
        ACOS(RealFunctions::acos),
        ATAN(RealFunctions::atan),
        SINH(RealFunctions::sinh),
        COSH(RealFunctions::cosh),
        ASINH(RealFunctions::asinh),
        ACOSH(RealFunctions::acosh),
        ATANH(RealFunctions::atanh);

        private final RealFunctions.OfOne reference;

        Kind(RealFunctions.OfOne reference) {
            this.reference = reference;
        }

        /// Empty for functions that integers do not have.
        private Optional<IntegerFunctions.OfOne> ofIntegers() {
            return switch (this) {
                case RELU -> Optional.of(IntegerFunctions::relu);
                case ABS -> Optional.of(IntegerFunctions::abs);
                case NEGATE -> Optional.of(IntegerFunctions::negated);
                case SIGN -> Optional.of(IntegerFunctions::sign);
                case SIGMOID, TANH, EXP, LOG, SQRT, RECIPROCAL, ERF, FLOOR, CEIL, ROUND -> Optional.empty();
                case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH -> Optional.empty();
            };
        }
    }

    @Override
    public String mnemonic() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        ElementType element = inputs.getFirst().element();
        if (kind.ofIntegers().isEmpty() || element == ElementType.BOOL) {
            Checks.floating(this, inputs);
        }
        return inputs;
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return Elementwise.stage(this, types, inputs, operands -> {
            Expr x = operands.getFirst();
            Expr one = Expr.constant(1, x.type());
            return switch (kind) {
                case RELU -> x.max(Expr.constant(0, x.type()));
                case SIGMOID ->
                    one.dividedBy(one.plus(x.apply(UnaryFunction.NEGATE).apply(UnaryFunction.EXP)));
                case RECIPROCAL -> one.dividedBy(x);
                case TANH -> x.apply(UnaryFunction.TANH);
                case EXP -> x.apply(UnaryFunction.EXP);
                case LOG -> x.apply(UnaryFunction.LOG);
                case SQRT -> x.apply(UnaryFunction.SQRT);
                case ABS -> x.apply(UnaryFunction.ABS);
                case NEGATE -> x.apply(UnaryFunction.NEGATE);
                case ERF -> x.apply(UnaryFunction.ERF);
                case FLOOR -> x.apply(UnaryFunction.FLOOR);
                case CEIL -> x.apply(UnaryFunction.CEIL);
                case ROUND -> x.apply(UnaryFunction.ROUND_EVEN);
                case SIGN -> sign(x);
                case SIN -> x.apply(UnaryFunction.SIN);
                case COS -> x.apply(UnaryFunction.COS);
                case TAN -> x.apply(UnaryFunction.TAN);
                case ASIN -> x.apply(UnaryFunction.ASIN);
                case ACOS -> x.apply(UnaryFunction.ACOS);
                case ATAN -> x.apply(UnaryFunction.ATAN);
                case SINH -> x.apply(UnaryFunction.SINH);
                case COSH -> x.apply(UnaryFunction.COSH);
                case ASINH -> x.apply(UnaryFunction.ASINH);
                case ACOSH -> x.apply(UnaryFunction.ACOSH);
                case ATANH -> x.apply(UnaryFunction.ATANH);
            };
        });
    }

    /// Where neither comparison holds it is x itself: a zero, or NaN.
    private static Expr sign(Expr x) {
        Expr zero = Expr.constant(0, x.type());
        Expr one = Expr.constant(1, x.type());
        Expr below = new Expr.Select(Expr.Comparison.LESS, x, zero, one.apply(UnaryFunction.NEGATE), x);
        return new Expr.Select(Expr.Comparison.LESS, zero, x, one, below);
    }

    @Override
    public Role role() {
        return Role.ELEMENTWISE;
    }

    @Override
    public HalfPrecision inHalf(Signature types) {
        return switch (kind) {
            case RELU, ABS, NEGATE, FLOOR, CEIL, ROUND, SIGN, SQRT, TANH -> HalfPrecision.COMPUTES;
            case SIGMOID, EXP, LOG, RECIPROCAL, ERF -> HalfPrecision.STAYS;
            case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH -> HalfPrecision.STAYS;
        };
    }

    @Override
    public Exactness exactness() {
        return switch (kind) {
            case RELU, ABS, NEGATE, FLOOR, CEIL, ROUND, SIGN -> Exactness.EXACT;
            case SIGMOID, TANH, EXP, LOG, SQRT, RECIPROCAL, ERF -> Exactness.ROUNDED;
            case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH -> Exactness.ROUNDED;
        };
    }

    /// The sign alone would hide whatever is wrong with a magnitude.
    @Override
    public Op onIntegers() {
        return exactness() == Exactness.EXACT && kind != Kind.SIGN ? this : RELU;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        if (outputs.getFirst().type().element().isFloating()) {
            ElementwiseReference.unary(kind.reference, rounding, inputs, outputs);
        } else {
            ElementwiseReference.integer(kind.ofIntegers().orElseThrow(), inputs, outputs);
        }
    }
}
