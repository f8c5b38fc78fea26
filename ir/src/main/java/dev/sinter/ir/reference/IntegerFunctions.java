package dev.sinter.ir.reference;

/// Functions of one and two integers as the oracle sees them: longs, which wrap to the element type where they are
/// stored.
///
/// @param unsigned true for 64 bits only: narrower unsigned integers are positive longs
public record IntegerFunctions(boolean unsigned) {
    /// One of these functions, of one integer.
    public interface OfOne {
        long apply(IntegerFunctions functions, long x);
    }

    /// One of these functions, of two integers.
    public interface OfTwo {
        long apply(IntegerFunctions functions, long a, long b);
    }

    public long relu(long x) {
        return max(x, 0);
    }

    public long rectified(long x, long slope) {
        return less(x, 0) ? x * slope : x;
    }

    /// The smallest signed integer has no other to be its magnitude, and stays.
    public long abs(long x) {
        return unsigned || x >= 0 ? x : -x;
    }

    public long negated(long x) {
        return -x;
    }

    public long sign(long x) {
        return x == 0 ? 0 : less(x, 0) ? -1 : 1;
    }

    public long complement(long x) {
        return ~x;
    }

    public long and(long a, long b) {
        return a & b;
    }

    public long or(long a, long b) {
        return a | b;
    }

    public long xor(long a, long b) {
        return a ^ b;
    }

    /// All bits are gone where the amount is as large as the type is wide; narrower types lose them where the result
    /// wraps.
    public long shiftedLeft(long x, long amount) {
        return Long.compareUnsigned(amount, Long.SIZE) < 0 ? x << amount : 0;
    }

    public long shiftedRight(long x, long amount) {
        return Long.compareUnsigned(amount, Long.SIZE) < 0 ? x >>> amount : 0;
    }

    /// With the dividend's sign; zero by zero, as [#dividedBy(long, long)].
    public long remainder(long a, long b) {
        return b == 0 ? 0 : unsigned ? Long.remainderUnsigned(a, b) : a % b;
    }

    /// With the divisor's sign.
    public long modulo(long a, long b) {
        return b == 0 || unsigned ? remainder(a, b) : Math.floorMod(a, b);
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
