package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for truth values of numbers. Where the numbers may be off by so much that either answer may come out, it
/// says so by a bound of 1.
public final class ComparisonReference {
    private ComparisonReference() {}

    /// What is asked of two floating-point numbers; of a NaN nothing holds.
    public interface OfReals {
        boolean holds(double left, double right);
    }

    /// What is asked of two integers, given their order: negative, zero or positive.
    public interface OfIntegers {
        boolean holds(int order);
    }

    /// What is asked of one floating-point number; it only depends on which kind of number that is.
    public interface OfKind {
        boolean holds(double x);
    }

    public static void reals(OfReals comparison, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView a = inputs.get(0);
        TensorView b = inputs.get(1);
        TensorView y = outputs.getFirst();
        Arithmetic arithmetic = new Arithmetic(rounding, a.type().element());
        Shape shape = y.type().shape();
        StridedIndex left = StridedIndex.broadcast(a.type().shape(), shape);
        StridedIndex right = StridedIndex.broadcast(b.type().shape(), shape);
        ParallelLoop.elements(shape.elements(), i -> {
            Bounded x = arithmetic.read(a.get(left.at(i)));
            Bounded z = arithmetic.read(b.get(right.at(i)));
            set(y, i, comparison.holds(x.value(), z.value()), isOpen(x, z));
        });
    }

    /// A NaN has a NaN for its bound, and then nothing is open.
    private static boolean isOpen(Bounded a, Bounded b) {
        if (a.isUnknown() || b.isUnknown()) {
            return true;
        }
        double uncertainty = a.bound() + b.bound();
        return uncertainty > 0 && Math.abs(a.value() - b.value()) <= uncertainty;
    }

    public static void integers(OfIntegers comparison, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView a = inputs.get(0);
        TensorView b = inputs.get(1);
        TensorView y = outputs.getFirst();
        boolean unsigned = a.type().element() == ElementType.UINT64;
        Shape shape = y.type().shape();
        StridedIndex left = StridedIndex.broadcast(a.type().shape(), shape);
        StridedIndex right = StridedIndex.broadcast(b.type().shape(), shape);
        ParallelLoop.elements(shape.elements(), i -> {
            long x = a.integer(left.at(i));
            long z = b.integer(right.at(i));
            boolean isOpen = a.bound(left.at(i)) + b.bound(right.at(i)) > 0;
            set(y, i, comparison.holds(unsigned ? Long.compareUnsigned(x, z) : Long.compare(x, z)), isOpen);
        });
    }

    public static void kind(OfKind question, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        ParallelLoop.elements(
                y.type().shape().elements(),
                i -> set(y, i, question.holds(x.value(i)), x.get(i).isUnknown()));
    }

    private static void set(TensorView y, long i, boolean holds, boolean isOpen) {
        y.setInteger(i, holds ? 1 : 0, isOpen ? 1 : 0);
    }
}
