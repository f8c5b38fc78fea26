package dev.sinter.ir.numeric;

import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;

/// What a sum is made of, as far as it takes to see whether many addends are rounded alike.
///
/// @param some all addends, or some of them, evenly chosen
/// @param magnitude Σ |t| of all of them
/// @param spread Σ r, how far they may be off
public record Addends(double[] some, double magnitude, double spread) {
    /// Of longer sums every second, third, … addend stands for its neighbours: to sort all would take longer than to
    /// add them.
    private static final long MOST = 1 << 20;

    /// @param addend one of them, from 0 on
    static Addends of(long count, LongToDoubleFunction addend, double magnitude, double spread) {
        long step = Math.max(1, Math.ceilDiv(count, MOST));
        double[] some = LongStream.range(0, Math.ceilDiv(count, step))
                .mapToDouble(i -> addend.applyAsDouble(i * step))
                .toArray();
        return new Addends(some, magnitude, spread);
    }
}
