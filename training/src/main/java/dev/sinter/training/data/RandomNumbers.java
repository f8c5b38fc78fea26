package dev.sinter.training.data;

/// A stream of random numbers: SplitMix64 (Steele, Lea and Flood, 2014) and operations that Java defines to the last
/// bit, so that a seed gives the same numbers on every machine and Java version.
public final class RandomNumbers {
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private long state;

    /// @param index which of the many streams of one seed; neighbours have nothing in common
    public RandomNumbers(long seed, long index) {
        this.state = mixed(mixed(seed + STEP) + index * STEP);
    }

    private static long mixed(long bits) {
        long z = bits;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    public long nextBits() {
        state += STEP;
        return mixed(state);
    }

    /// From 0 to `bound - 1`.
    public int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound " + bound + " must be at least 1");
        }
        return (int) Math.unsignedMultiplyHigh(nextBits(), bound);
    }

    /// From `lo` to `hi`.
    public double between(double lo, double hi) {
        return lo + (hi - lo) * ((nextBits() >>> 11) * 0x1p-53);
    }

    /// Normally distributed, by the method of Box and Muller (1958); the second number of each pair is not kept, as a
    /// stream would then depend on where one began to read it.
    public double normal(double mean, double deviation) {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - between(0, 1)));
        return mean + deviation * radius * StrictMath.cos(between(0, 2 * Math.PI));
    }

    /// The numbers from 0 to `count - 1` in random order (Fisher and Yates).
    public int[] permutation(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = below(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
