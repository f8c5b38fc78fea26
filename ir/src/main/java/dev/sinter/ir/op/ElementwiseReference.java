package dev.sinter.ir.op;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.ElementaryFunctions;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/// The oracle for functions of single elements.
final class ElementwiseReference {
    private ElementwiseReference() {}

    static void unary(Unary.Kind kind, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        map(inputs, outputs, function(kind, arithmetic(rounding, outputs)));
    }

    private static UnaryOperator<Bounded> function(Unary.Kind kind, Arithmetic arithmetic) {
        ElementaryFunctions functions = new ElementaryFunctions(arithmetic);
        Bounded one = Bounded.exact(1);
        Bounded zero = Bounded.exact(0);
        return switch (kind) {
            case RELU -> x -> x.max(zero);
            case ABS -> x -> new Bounded(Math.abs(x.value()), x.bound());
            case NEGATE -> Bounded::negated;
            case FLOOR -> x -> stepped(Math::floor, x);
            case CEIL -> x -> stepped(Math::ceil, x);
            case ROUND -> x -> stepped(Math::rint, x);
            case SIGMOID -> x -> arithmetic.stored(functions.sigmoid(x));
            case TANH -> x -> arithmetic.stored(functions.tanh(x));
            case EXP -> x -> arithmetic.stored(functions.exp(x));
            case LOG -> x -> arithmetic.stored(functions.log(x));
            case SQRT -> x -> arithmetic.stored(functions.sqrt(x));
            case ERF -> x -> arithmetic.stored(functions.erf(x));
            case RECIPROCAL -> x -> arithmetic.stored(arithmetic.dividedBy(one, x));
        };
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

    static void binary(Binary.Kind kind, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        if (!outputs.getFirst().type().element().isFloating()) {
            IntegerReference.binary(kind, inputs, outputs);
            return;
        }
        Arithmetic arithmetic = arithmetic(rounding, outputs);
        ElementaryFunctions functions = new ElementaryFunctions(arithmetic);
        map(
                inputs,
                outputs,
                switch (kind) {
                    case ADD -> (a, b) -> arithmetic.stored(arithmetic.plus(a, b));
                    case SUB -> (a, b) -> arithmetic.stored(arithmetic.minus(a, b));
                    case MUL -> (a, b) -> arithmetic.stored(arithmetic.times(a, b));
                    case DIV -> (a, b) -> arithmetic.stored(arithmetic.dividedBy(a, b));
                    case POW -> (a, b) -> arithmetic.stored(functions.pow(a, b));
                    case MAX -> Bounded::max;
                    case MIN -> Bounded::min;
                });
    }

    static void clip(double min, double max, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        Arithmetic arithmetic = arithmetic(rounding, outputs);
        Bounded least = Bounded.exact(arithmetic.roundedConstant(min));
        Bounded most = Bounded.exact(arithmetic.roundedConstant(max));
        map(inputs, outputs, x -> x.max(least).min(most));
    }

    static void leakyRelu(double alpha, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        Arithmetic arithmetic = arithmetic(rounding, outputs);
        Bounded slope = arithmetic.constant(alpha);
        map(inputs, outputs, x -> rectified(arithmetic, x, slope));
    }

    static void prelu(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        Arithmetic arithmetic = arithmetic(rounding, outputs);
        map(inputs, outputs, (x, slope) -> rectified(arithmetic, x, slope));
    }

    /// x where x ≥ 0, slope · x elsewhere. Where the sign is open the result may move along either branch: by as much
    /// as x does, or by that times the slope.
    private static Bounded rectified(Arithmetic arithmetic, Bounded x, Bounded slope) {
        if (x.value() - x.bound() >= 0) {
            return x;
        }
        Bounded scaled = arithmetic.stored(arithmetic.times(x, slope));
        if (x.value() + x.bound() < 0) {
            return scaled;
        }
        Bounded kept = x.value() < 0 ? scaled : x;
        return new Bounded(kept.value(), Math.max(x.bound(), x.bound() * slope.magnitude()) + scaled.bound());
    }

    private static Arithmetic arithmetic(Rounding rounding, List<TensorView> outputs) {
        return new Arithmetic(rounding, outputs.getFirst().type().element());
    }

    private static void map(List<TensorView> inputs, List<TensorView> outputs, UnaryOperator<Bounded> function) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        Sweep.elements(y.type().shape().elements(), i -> y.set(i, function.apply(x.get(i))));
    }

    private static void map(List<TensorView> inputs, List<TensorView> outputs, BinaryOperator<Bounded> function) {
        TensorView a = inputs.get(0);
        TensorView b = inputs.get(1);
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        StridedIndex left = StridedIndex.broadcast(a.type().shape(), shape);
        StridedIndex right = StridedIndex.broadcast(b.type().shape(), shape);
        Sweep.elements(shape.elements(), i -> y.set(i, function.apply(a.get(left.at(i)), b.get(right.at(i)))));
    }
}
