package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.type.Tensor;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/// Makes memories of constants, one for each place that reads some. Words stand in the order in which loops come to
/// them, so that an address is a number of iterations.
final class RomTable {
    /// Of more bits no product is computed.
    private static final int MOST_BITS = 40;

    private final Signals signals;
    private final Map<Buffer, Numbers> contents = new IdentityHashMap<>();
    private final Map<Key, Signal> cells = new HashMap<>();

    private record Key(Buffer buffer, Index offset) {}

    RomTable(Signals signals) {
        this.signals = signals;
    }

    /// An element of a constant.
    ///
    /// @param loops around, the outermost first
    Operand constant(Buffer buffer, Tensor tensor, Index offset, List<Stmt.For> loops) {
        Numbers numbers = contents.computeIfAbsent(buffer, _ -> Numbers.of(tensor));
        Key key = new Key(buffer, offset);
        Signal known = cells.get(key);
        if (known == null) {
            known = make(buffer, numbers, offset, loops);
            cells.put(key, known);
        }
        if (numbers.fraction().isEmpty()) {
            return new Operand.Whole(known);
        }
        Real real = Real.exact(known, numbers.fraction().getAsInt());
        return known.isConstant()
                ? Operand.Number.of(real, new Formula.Constant(Math.scalb((double) known.constant(), -real.fraction())))
                : Operand.Number.of(real);
    }

    private Signal make(Buffer buffer, Numbers numbers, Index offset, List<Stmt.For> loops) {
        List<Axis> axes =
                loops.stream().map(Stmt.For::axis).filter(offset::dependsOn).toList();
        if (offset.dependsOn(axis -> !axes.contains(axis))) {
            throw new Unsupported("a constant is read at a place that is computed");
        }
        long count = axes.stream().mapToLong(Axis::extent).reduce(1, Math::multiplyExact);
        Map<Axis, Long> at = new IdentityHashMap<>();
        long[] words = LongStream.range(0, count)
                .map(word -> {
                    long rest = word;
                    for (Axis axis : axes.reversed()) {
                        at.put(axis, rest % axis.extent());
                        rest /= axis.extent();
                    }
                    return numbers.at(offset.evaluate(axis -> at.getOrDefault(axis, 0L)));
                })
                .toArray();
        LongSummaryStatistics values = LongStream.of(words).summaryStatistics();
        Range range = new Range(values.getMin(), values.getMax());
        if (range.lo() == range.hi()) {
            return signals.constant(range.lo());
        }
        Signal address = signals.constant(0);
        for (Axis axis : axes) {
            address = signals.add(signals.multiply(address, signals.constant(axis.extent())), signals.counter(axis));
        }
        return signals.lookup(new Rom(buffer.name(), words, range), address);
    }

    /// The elements of a tensor as integers, of fractions where they are real.
    private record Numbers(long[] values, OptionalInt fraction) {
        static Numbers of(Tensor tensor) {
            int count = Math.toIntExact(tensor.shape().elements());
            long[] values = new long[count];
            if (!tensor.type().element().isFloating()) {
                for (int i = 0; i < count; i++) {
                    values[i] = tensor.getLong(i);
                }
                return new Numbers(values, OptionalInt.empty());
            }
            int fraction = 0;
            int largest = Integer.MIN_VALUE;
            for (int i = 0; i < count; i++) {
                double value = tensor.get(i);
                if (!Double.isFinite(value)) {
                    throw new Unsupported("a constant is " + value);
                }
                if (value != 0) {
                    long bits = (Double.doubleToLongBits(value) & (1L << 52) - 1) | 1L << 52;
                    int last = Math.getExponent(value) - 52 + Long.numberOfTrailingZeros(bits);
                    fraction = Math.max(fraction, -last);
                    largest = Math.max(largest, Math.getExponent(value));
                }
            }
            if (largest + fraction >= MOST_BITS) {
                throw new Unsupported("constants differ by more than a factor of 2^" + (MOST_BITS - 24));
            }
            for (int i = 0; i < count; i++) {
                values[i] = (long) Math.scalb(tensor.get(i), fraction);
            }
            return new Numbers(values, OptionalInt.of(fraction));
        }

        long at(long place) {
            return 0 <= place && place < values.length ? values[(int) place] : 0;
        }
    }
}
