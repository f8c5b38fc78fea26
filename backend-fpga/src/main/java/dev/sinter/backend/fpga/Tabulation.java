package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Makes integers of formulas by computing them for all values of what they depend on. One of a single integer becomes
/// a table. One of two, such as the sum of two bytes with scales of their own, becomes a rounded sum of multiples of
/// both;
/// where that is one off, as it is for a few of all pairs near a half, it is put right.
final class Tabulation {
    private static final long MOST_WORDS = 1 << 12;
    private static final long MOST_PAIRS = 1 << 20;

    /// Multiples have so many bits after the point, at least.
    private static final int FEWEST_BITS = 6;

    private static final int MOST_BITS = 20;

    /// So many pairs may be put right.
    private static final int MOST_CORRECTIONS = 64;

    /// How large it is to compare with a pair, in look-up tables: a guess.
    private static final int CORRECTION_SIZE = 8;

    private final Signals signals;
    private final Rounding rounding;

    Tabulation(Signals signals, Rounding rounding) {
        this.signals = signals;
        this.rounding = rounding;
    }

    /// The integer that a formula yields.
    ///
    /// @throws Unsupported if it depends on too much
    Signal integer(Formula formula) {
        List<Signal> variables = List.copyOf(formula.variables());
        return switch (variables.size()) {
            case 0 -> signals.constant(result(formula, _ -> 0));
            case 1 -> table(formula, variables.getFirst());
            case 2 -> new Plane(formula, variables.getFirst(), variables.getLast()).signal();
            default -> throw new Unsupported("a function of " + variables.size() + " real numbers");
        };
    }

    private static long result(Formula formula, ToLongFunction<Signal> values) {
        double result = formula.value(values);
        if (!(Math.abs(result) <= Integer.MAX_VALUE)) {
            throw new Unsupported("a function of numbers is " + result + " for some of them");
        }
        return (long) result;
    }

    private Signal table(Formula formula, Signal variable) {
        Range range = variable.range();
        if (range.size() > MOST_WORDS) {
            throw new Unsupported("a function of a number from " + range.lo() + " to " + range.hi());
        }
        long[] words = LongStream.rangeClosed(range.lo(), range.hi())
                .map(value -> result(formula, _ -> value))
                .toArray();
        LongSummaryStatistics values = LongStream.of(words).summaryStatistics();
        Rom rom = new Rom("function", words, new Range(values.getMin(), values.getMax()));
        return signals.lookup(rom, signals.subtract(variable, signals.constant(range.lo())));
    }

    /// A function of two integers.
    private final class Plane {
        private final Signal a;
        private final Signal b;
        private final long[] results;
        private final Range limits;
        private final double slopeA;
        private final double slopeB;
        private final double start;

        Plane(Formula formula, Signal a, Signal b) {
            this.a = a;
            this.b = b;
            if (a.range().size() > MOST_PAIRS / b.range().size()) {
                throw new Unsupported("a function of numbers from " + a.range().lo() + " to "
                        + a.range().hi() + " and from " + b.range().lo() + " to "
                        + b.range().hi());
            }
            this.results = new long[Math.toIntExact(a.range().size() * b.range().size())];
            int place = 0;
            for (long i = a.range().lo(); i <= a.range().hi(); i++) {
                for (long j = b.range().lo(); j <= b.range().hi(); j++) {
                    results[place++] = result(formula, at(i, j));
                }
            }
            LongSummaryStatistics values = LongStream.of(results).summaryStatistics();
            this.limits = new Range(values.getMin(), values.getMax());
            double low = formula.ideal(at(a.range().lo(), b.range().lo()));
            this.slopeA = (formula.ideal(at(a.range().hi(), b.range().lo())) - low)
                    / Math.max(1, a.range().size() - 1);
            this.slopeB = (formula.ideal(at(a.range().lo(), b.range().hi())) - low)
                    / Math.max(1, b.range().size() - 1);
            this.start = low - slopeA * a.range().lo() - slopeB * b.range().lo();
        }

        private ToLongFunction<Signal> at(long valueOfA, long valueOfB) {
            return signal -> signal == a ? valueOfA : valueOfB;
        }

        /// @param bits after the point
        private record Fit(int bits, long ofA, long ofB, long constant, List<Correction> corrections) {
            /// True if what is wrong can be put right.
            boolean isRight() {
                return corrections.size() <= MOST_CORRECTIONS
                        && corrections.stream().allMatch(correction -> Math.abs(correction.by()) == 1);
            }

            double size() {
                int terms = Signals.digits(ofA) + Signals.digits(ofB);
                return terms * (bits + Byte.SIZE + 2.0) + CORRECTION_SIZE * corrections.size();
            }
        }

        private record Correction(long valueOfA, long valueOfB, long by) {}

        private Fit fit(int bits) {
            long ofA = Math.round(Math.scalb(slopeA, bits));
            long ofB = Math.round(Math.scalb(slopeB, bits));
            long constant = Math.round(Math.scalb(start, bits));
            List<Correction> corrections = new ArrayList<>();
            int place = 0;
            for (long i = a.range().lo(); i <= a.range().hi(); i++) {
                for (long j = b.range().lo(); j <= b.range().hi(); j++) {
                    double nearest = Math.rint(Math.scalb((double) (ofA * i + ofB * j + constant), -bits));
                    long found = Math.clamp((long) nearest, limits.lo(), limits.hi());
                    long lack = results[place++] - found;
                    if (lack != 0) {
                        corrections.add(new Correction(i, j, lack));
                    }
                    if (corrections.size() > MOST_CORRECTIONS) {
                        return new Fit(bits, ofA, ofB, constant, corrections);
                    }
                }
            }
            return new Fit(bits, ofA, ofB, constant, corrections);
        }

        Signal signal() {
            return IntStream.rangeClosed(FEWEST_BITS, MOST_BITS)
                    .mapToObj(this::fit)
                    .filter(Fit::isRight)
                    .min(Comparator.comparingDouble(Fit::size))
                    .map(this::signal)
                    .orElseThrow(
                            () -> new Unsupported("a function of two real numbers is no sum of multiples of them"));
        }

        private Signal signal(Fit fit) {
            Signal sum = signals.add(
                    signals.add(
                            signals.multiply(a, signals.constant(fit.ofA())),
                            signals.multiply(b, signals.constant(fit.ofB()))),
                    signals.constant(fit.constant()));
            Signal limited = rounding.integer(
                    Real.exact(sum, fit.bits()).rounded().atLeast(limits.lo()).atMost(limits.hi()));
            Signal raised = signals.add(limited, anyOf(fit, 1));
            Signal corrected = signals.subtract(raised, anyOf(fit, -1));
            // No more comes of it, whatever its sums say.
            return signals.wrap(corrected, limits);
        }

        /// 1 for the pairs that are put right by so much.
        private Signal anyOf(Fit fit, long by) {
            List<Signal> flags = new ArrayList<>();
            for (Correction correction : fit.corrections()) {
                if (correction.by() == by) {
                    flags.add(signals.both(
                            signals.equal(a, signals.constant(correction.valueOfA())),
                            signals.equal(b, signals.constant(correction.valueOfB()))));
                }
            }
            return signals.anyOf(flags);
        }
    }
}
