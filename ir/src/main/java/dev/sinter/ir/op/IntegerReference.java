package dev.sinter.ir.op;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import java.util.List;
import java.util.function.LongBinaryOperator;

/// The oracle for integer arithmetic: longs, which wrap to the element type where they are stored.
final class IntegerReference {
    private IntegerReference() {}

    static void binary(Binary.Kind kind, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView a = inputs.get(0);
        TensorView b = inputs.get(1);
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        StridedIndex left = StridedIndex.broadcast(a.type().shape(), shape);
        StridedIndex right = StridedIndex.broadcast(b.type().shape(), shape);
        LongBinaryOperator function = function(kind, y.type().element() == ElementType.UINT64);
        Sweep.elements(
                shape.elements(),
                i -> y.setInteger(i, function.applyAsLong(a.integer(left.at(i)), b.integer(right.at(i)))));
    }

    /// @param unsigned true for 64 bits only: narrower unsigned integers are positive longs
    private static LongBinaryOperator function(Binary.Kind kind, boolean unsigned) {
        return switch (kind) {
            case ADD -> (a, b) -> a + b;
            case SUB -> (a, b) -> a - b;
            case MUL -> (a, b) -> a * b;
            case DIV -> (a, b) -> divide(a, b, unsigned);
            case MAX -> (a, b) -> less(a, b, unsigned) ? b : a;
            case MIN -> (a, b) -> less(b, a, unsigned) ? b : a;
            case POW -> (a, b) -> power(a, b, unsigned);
        };
    }

    private static boolean less(long a, long b, boolean unsigned) {
        return unsigned ? Long.compareUnsigned(a, b) < 0 : a < b;
    }

    /// Truncates toward zero. Division by zero has no result that a device must hit; zero is as good as any.
    private static long divide(long a, long b, boolean unsigned) {
        if (b == 0) {
            return 0;
        }
        return unsigned ? Long.divideUnsigned(a, b) : a / b;
    }

    /// A negative power is a quotient, which truncates to zero but for bases 1 and -1.
    private static long power(long base, long exponent, boolean unsigned) {
        if (exponent < 0 && !unsigned) {
            return base == 1 || base == -1 && exponent % 2 == 0 ? 1 : base == -1 ? -1 : 0;
        }
        long power = 1;
        long square = base;
        for (long rest = exponent; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                power *= square;
            }
            square *= square;
        }
        return power;
    }
}
