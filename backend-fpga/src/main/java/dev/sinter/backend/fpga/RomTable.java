package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Makes memories of constants. A word has what is read at one time, side by side; words stand in the order in which
/// loops come to them, so that an address is a number of iterations.
final class RomTable {
    /// Of more bits no product is computed.
    private static final int MOST_BITS = 40;

    private final Signals signals;
    private final Map<Key, Signal> cells = new LinkedHashMap<>();
    private final List<Rom> all = new ArrayList<>();

    private record Key(Buffer buffer, Index offset) {}

    /// A constant that is read.
    ///
    /// @param fraction how many of its bits are a fraction, if it is a real number
    record Cell(Signal signal, OptionalInt fraction) {}

    RomTable(Signals signals) {
        this.signals = signals;
    }

    List<Rom> all() {
        return all;
    }

    /// @param loops around, the outermost first
    Cell cell(Buffer buffer, Tensor tensor, Index offset, List<Stmt.For> loops) {
        Numbers numbers = Numbers.of(tensor);
        Signal known = cells.get(new Key(buffer, offset));
        if (known == null) {
            known = make(buffer, numbers, offset, loops);
            cells.put(new Key(buffer, offset), known);
        }
        return new Cell(known, numbers.fraction());
    }

    private Signal make(Buffer buffer, Numbers numbers, Index offset, List<Stmt.For> loops) {
        List<Axis> axes =
                loops.stream().map(Stmt.For::axis).filter(offset::dependsOn).toList();
        if (offset.dependsOn(axis -> !axes.contains(axis))) {
            throw new Unsupported("a constant is read at a place that is computed");
        }
        long count = axes.stream().mapToLong(Axis::extent).reduce(1, Math::multiplyExact);
        long[] values = new long[Math.toIntExact(count)];
        Map<Axis, Long> at = new IdentityHashMap<>();
        for (int word = 0; word < count; word++) {
            long rest = word;
            for (Axis axis : axes.reversed()) {
                at.put(axis, rest % axis.extent());
                rest /= axis.extent();
            }
            long place = offset.evaluate(axis -> at.getOrDefault(axis, 0L));
            values[word] = numbers.at(place);
        }
        long lo = Long.MAX_VALUE;
        long hi = Long.MIN_VALUE;
        for (long value : values) {
            lo = Math.min(lo, value);
            hi = Math.max(hi, value);
        }
        if (lo == hi) {
            return signals.constant(lo);
        }
        List<long[]> words = new ArrayList<>();
        for (long value : values) {
            words.add(new long[] {value});
        }
        Rom rom = new Rom(buffer.name() + "_" + all.size(), words, List.of(new Range(lo, hi)));
        all.add(rom);
        Signal address = signals.constant(0);
        for (Axis axis : axes) {
            address = signals.add(signals.multiply(address, signals.constant(axis.extent())), signals.counter(axis));
        }
        return signals.lookup(rom, address, 0);
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
