package dev.sinter.ir.reference;

/// Functions of two integers as the oracle sees them: longs, which wrap to the element type where they are stored.
///
/// @param unsigned true for 64 bits only: narrower unsigned integers are positive longs
public record IntegerFunctions(boolean unsigned) {
    /// One of these functions.
    public interface OfTwo {
        long apply(IntegerFunctions functions, long a, long b);
    }

    public long plus(long a, long b) {
        return a + b;
    }

    public long minus(long a, long b) {
        return a - b;
    }

    public long times(long a, long b) {
        return a * b;
    }

    /// Truncates toward zero. Division by zero has no result that a device must hit; zero is as good as any.
    public long dividedBy(long a, long b) {
        if (b == 0) {
            return 0;
        }
        return unsigned ? Long.divideUnsigned(a, b) : a / b;
    }

    public long max(long a, long b) {
        return less(a, b) ? b : a;
    }

    public long min(long a, long b) {
        return less(b, a) ? b : a;
    }

    private boolean less(long a, long b) {
        return unsigned ? Long.compareUnsigned(a, b) < 0 : a < b;
    }

    /// A negative power is a quotient, which truncates to zero but for bases 1 and -1.
    public long power(long base, long exponent) {
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
