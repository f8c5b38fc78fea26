package dev.sinter.ir.numeric;

import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;

/// How often numbers repeat.
final class Repeats {
    /// Longer sums are taken for sums of different numbers: to sort them would take longer than to add them.
    private static final long MOST_COUNTED = 1 << 20;

    private Repeats() {}

    /// Σ m² over all numbers that occur, m times each. Zeros, which are added without any error, count as if all were
    /// different.
    static double squares(long count, LongToDoubleFunction number) {
        if (count > MOST_COUNTED) {
            return count;
        }
        double[] sorted = LongStream.range(0, count)
                .mapToDouble(number::applyAsDouble)
                .filter(value -> value != 0)
                .sorted()
                .toArray();
        double squares = count - sorted.length;
        for (int start = 0, end; start < sorted.length; start = end) {
            end = start + 1;
            while (end < sorted.length && sorted[end] == sorted[start]) {
                end++;
            }
            squares += (double) (end - start) * (end - start);
        }
        return squares;
    }
}
