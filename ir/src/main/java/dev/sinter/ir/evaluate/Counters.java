package dev.sinter.ir.evaluate;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The ids and loop counters that a kernel has, each at a place of its own, and its indices as sums over these places:
/// they are worked out millions of times.
final class Counters {
    private final Map<Axis, Integer> places = new IdentityHashMap<>();
    private final List<Axis> axes = new ArrayList<>();
    private final Map<Index, Sum> sums = new IdentityHashMap<>();

    /// A part of a sum: a counter, or what is made of another sum.
    private sealed interface Part {
        record Counter(int place) implements Part {}

        record Quotient(Sum dividend, long divisor) implements Part {}

        record Remainder(Sum dividend, long divisor) implements Part {}

        record Clamped(Sum sum, long lo, long hi) implements Part {}
    }

    private record Sum(long constant, Part[] parts, long[] factors) {}

    /// The values of counters; by no means all of them run at a time.
    interface Values {
        /// @throws dev.sinter.ir.diag.CompilerFault if it does not run
        long at(int place);
    }

    int place(Axis axis) {
        return places.computeIfAbsent(axis, _ -> {
            axes.add(axis);
            return axes.size() - 1;
        });
    }

    Axis axis(int place) {
        return axes.get(place);
    }

    /// @param index one that the kernel holds: it is remembered
    long evaluate(Index index, Values values) {
        Sum sum = sums.get(index);
        if (sum == null) {
            sum = sum(index);
            sums.put(index, sum);
        }
        return evaluate(sum, values);
    }

    private Sum sum(Index index) {
        List<Part> parts = new ArrayList<>();
        index.terms().keySet().forEach(atom -> parts.add(part(atom)));
        long[] factors =
                index.terms().values().stream().mapToLong(Long::longValue).toArray();
        return new Sum(index.constant(), parts.toArray(Part[]::new), factors);
    }

    private Part part(Index.Atom atom) {
        return switch (atom) {
            case Index.Variable(Axis axis) -> new Part.Counter(place(axis));
            case Index.Quotient(Index dividend, long divisor) -> new Part.Quotient(sum(dividend), divisor);
            case Index.Remainder(Index dividend, long divisor) -> new Part.Remainder(sum(dividend), divisor);
            case Index.Clamped(Index clamped, long lo, long hi) -> new Part.Clamped(sum(clamped), lo, hi);
            case Index.Loaded loaded -> throw new IllegalStateException(loaded + " has no counter");
        };
    }

    private static long evaluate(Sum sum, Values values) {
        long result = sum.constant;
        for (int i = 0; i < sum.parts.length; i++) {
            long part = switch (sum.parts[i]) {
                case Part.Counter(int place) -> values.at(place);
                case Part.Quotient(Sum dividend, long divisor) -> Math.floorDiv(evaluate(dividend, values), divisor);
                case Part.Remainder(Sum dividend, long divisor) -> Math.floorMod(evaluate(dividend, values), divisor);
                case Part.Clamped(Sum clamped, long lo, long hi) -> Math.clamp(evaluate(clamped, values), lo, hi);
            };
            result += part * sum.factors[i];
        }
        return result;
    }
}
