package dev.sinter.backend.fpga;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// Makes products that not every iteration needs: where enough cycles pass from one that does to the next, such a
/// product takes many cycles, one for some bits of a factor, and so some sums in place of a multiplier.
final class Products {
    /// So many bits are gone through in a cycle, at least: what waits for the product is kept meanwhile.
    private static final int FEWEST_BITS = 2;

    /// So many sums are as large as a multiplier.
    private static final int MOST_BITS = 6;

    private final Signals signals;
    private final Phases phases;
    private final Map<Signal, Long> intervals = new HashMap<>();

    Products(Signals signals, Phases phases) {
        this.signals = signals;
        this.phases = phases;
    }

    /// @param when the iterations that need it
    Signal of(Signal a, Signal b, Signal when) {
        if (!Signals.needsMultiplier(a, b)) {
            return signals.multiply(a, b);
        }
        // The factor whose bits are gone through must not be negative; the fewer, the better.
        Signal bits = a.range().lo() >= 0 && (b.range().lo() < 0 || a.width() < b.width()) ? a : b;
        Signal other = bits == a ? b : a;
        if (bits.range().lo() < 0) {
            return signals.multiply(a, b);
        }
        long interval = interval(when);
        return IntStream.rangeClosed(FEWEST_BITS, MOST_BITS)
                .filter(some -> Signals.steps(bits, some) < interval)
                .mapToObj(some -> signals.multiplySerially(other, bits, when, some))
                .findFirst()
                .orElseGet(() -> signals.multiply(a, b));
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
