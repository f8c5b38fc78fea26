package dev.sinter.backend.fpga;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Makes products of what they cost least of. One that each iteration needs takes a multiplier block, or sums where a
/// chip has no block left. One that not every iteration needs takes many cycles, where enough pass from one that does
/// to the next: one for some bits of a factor, and so some sums in place of a multiplier.
final class Products {
    /// So many bits are gone through in a cycle, at least: what waits for the product is kept meanwhile.
    private static final int FEWEST_BITS = 2;

    /// So many sums are as large as a multiplier.
    private static final int MOST_BITS = 6;

    private final Signals signals;
    private final Phases phases;
    private final boolean blocks;
    private final Map<Signal, Long> intervals = new HashMap<>();

    /// @param blocks true if there are blocks for what each iteration multiplies
    Products(Signals signals, Phases phases, boolean blocks) {
        this.signals = signals;
        this.phases = phases;
        this.blocks = blocks;
    }

    /// One that each iteration needs.
    Signal always(Signal a, Signal b) {
        if (blocks || !Signals.needsMultiplier(a, b)) {
            return signals.multiply(a, b);
        }
        return a.width() < b.width() ? sums(b, a) : sums(a, b);
    }

    /// The sum of the products of `a` with each bit of `b`.
    private Signal sums(Signal a, Signal b) {
        int bits = Signal.stored(b.range());
        List<Signal> terms = new ArrayList<>();
        for (int bit = 0; bit < bits; bit++) {
            Signal low = signals.bits(Signal.Gate.AND, signals.shiftRight(b, bit), signals.constant(1));
            Signal isSet = signals.equal(low, signals.constant(1));
            Signal term = signals.shiftLeft(signals.select(isSet, a, signals.constant(0)), bit);
            // The highest bit of a signed number counts as negative.
            boolean negative = b.range().lo() < 0 && bit == bits - 1;
            terms.add(negative ? signals.subtract(signals.constant(0), term) : term);
        }
        // All of them together are no more than the product, whatever each may be.
        return signals.wrap(Signals.tree(terms, signals::add), Signals.productRange(a, b));
    }

    /// @param when the iterations that need it
    Signal sometimes(Signal a, Signal b, Signal when) {
        // The factor whose bits are gone through must not be negative; the fewer, the better.
        Signal bits = a.range().lo() >= 0 && (b.range().lo() < 0 || a.width() < b.width()) ? a : b;
        Signal other = bits == a ? b : a;
        if (!Signals.needsMultiplier(a, b) || bits.range().lo() < 0) {
            return signals.multiply(a, b);
        }
        long interval = interval(when);
        return IntStream.rangeClosed(FEWEST_BITS, MOST_BITS)
                .filter(some -> steps(bits, some) < interval)
                .mapToObj(some -> signals.multiplySerially(other, bits, when, some))
                .findFirst()
                .orElseGet(() -> signals.multiply(a, b));
    }

    /// In how many cycles a number is gone through.
    static int steps(Signal number, int bits) {
        return Math.ceilDiv(Signal.stored(number.range()), bits);
    }

    /// How many iterations there are at least from one that fulfils a condition to the next, which may be one of the
    /// next frame.
    private long interval(Signal when) {
        return intervals.computeIfAbsent(when, condition -> {
            try {
                return new Interval(condition).least();
            } catch (Unsupported dependsOnData) {
                return 1L;
            }
        });
    }

    private final class Interval {
        private final Signal condition;
        private final Iterations iterations;
        private long iteration;
        private long first = -1;
        private long last = -1;
        private long least = Long.MAX_VALUE;

        Interval(Signal condition) {
            this.condition = condition;
            this.iterations = new Iterations(phases, this::count);
        }

        private void count(Phase phase) {
            if (iterations.evaluation(phase).value(condition) != 0) {
                if (last < 0) {
                    first = iteration;
                } else {
                    least = Math.min(least, iteration - last);
                }
                last = iteration;
            }
            iteration++;
        }

        long least() {
            iterations.run();
            return last < 0 ? 1 : Math.min(least, first + iteration - last);
        }
    }
}
