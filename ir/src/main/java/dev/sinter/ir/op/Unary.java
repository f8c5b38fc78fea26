package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ElementwiseReference;
import dev.sinter.ir.reference.RealFunctions;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Locale;

/// A function of each element by itself. Any shape; the output has the input's type.
public record Unary(Kind kind) implements Op {
    public static final Unary RELU = new Unary(Kind.RELU);

    /// Which function. RELU keeps NaN; SIGMOID is 1 / (1 + exp(-x)); ROUND goes to even.
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
        ROUND(RealFunctions::round);

        private final RealFunctions.OfOne reference;

        Kind(RealFunctions.OfOne reference) {
            this.reference = reference;
        }
    }

    @Override
    public String mnemonic() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Checks.floating(this, inputs);
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
            };
        });
    }

    @Override
    public Role role() {
        return Role.ELEMENTWISE;
    }

    @Override
    public Exactness exactness() {
        return switch (kind) {
            case RELU, ABS, NEGATE, FLOOR, CEIL, ROUND -> Exactness.EXACT;
            case SIGMOID, TANH, EXP, LOG, SQRT, RECIPROCAL, ERF -> Exactness.ROUNDED;
        };
    }

    @Override
    public Op onIntegers() {
        return exactness() == Exactness.EXACT ? this : RELU;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        ElementwiseReference.unary(kind.reference, rounding, inputs, outputs);
    }
}
