package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/// The oracle for functions of single elements.
public final class ElementwiseReference {
    private ElementwiseReference() {}

    public static void unary(
            RealFunctions.OfOne function, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        RealFunctions functions = new RealFunctions(arithmetic(rounding, outputs));
        map(inputs, outputs, x -> function.apply(functions, x));
    }

    public static void binary(
            RealFunctions.OfTwo function, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        RealFunctions functions = new RealFunctions(arithmetic(rounding, outputs));
        map(inputs, outputs, (a, b) -> function.apply(functions, a, b));
    }

    /// Integers never round.
    public static void integer(IntegerFunctions.OfOne function, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        integers((functions, value, _) -> function.apply(functions, value), List.of(x, x), outputs);
    }

    /// Integers never round.
    public static void integers(IntegerFunctions.OfTwo function, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView a = inputs.get(0);
        TensorView b = inputs.get(1);
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        StridedIndex left = StridedIndex.broadcast(a.type().shape(), shape);
        StridedIndex right = StridedIndex.broadcast(b.type().shape(), shape);
        IntegerFunctions functions = new IntegerFunctions(y.type().element() == ElementType.UINT64);
        ParallelLoop.elements(
                shape.elements(), i -> IntegerBounds.store(functions, function, a, left.at(i), b, right.at(i), y, i));
    }

    public static void clip(
            double min, double max, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        Arithmetic arithmetic = arithmetic(rounding, outputs);
        Bounded least = Bounded.exact(arithmetic.roundedConstant(min));
        Bounded most = Bounded.exact(arithmetic.roundedConstant(max));
        map(inputs, outputs, x -> x.max(least).min(most));
    }

    public static void leakyRelu(double alpha, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        Arithmetic arithmetic = arithmetic(rounding, outputs);
        Bounded slope = arithmetic.constant(alpha);
        map(inputs, outputs, x -> rectified(arithmetic, x, slope));
    }

    public static void prelu(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
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
        ParallelLoop.elements(y.type().shape().elements(), i -> y.set(i, function.apply(x.get(i))));
    }

    private static void map(List<TensorView> inputs, List<TensorView> outputs, BinaryOperator<Bounded> function) {
        TensorView a = inputs.get(0);
        TensorView b = inputs.get(1);
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        StridedIndex left = StridedIndex.broadcast(a.type().shape(), shape);
        StridedIndex right = StridedIndex.broadcast(b.type().shape(), shape);
        ParallelLoop.elements(shape.elements(), i -> y.set(i, function.apply(a.get(left.at(i)), b.get(right.at(i)))));
    }
}
