package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Range;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/// The values that signals have in one iteration, as far as they follow from its counters.
final class Evaluation {
    private final ToLongFunction<Axis> counters;
    private final int phase;
    private final Map<Signal, Long> known = new IdentityHashMap<>();

    /// @param phase the one that the iteration belongs to
    Evaluation(ToLongFunction<Axis> counters, int phase) {
        this.counters = counters;
        this.phase = phase;
    }

    /// @throws Unsupported if it depends on what is in a memory, a register or a stream
    long value(Signal signal) {
        Long found = known.get(signal);
        if (found != null) {
            return found;
        }
        long value = switch (signal.form()) {
            case Signal.Form.Constant(long constant) -> constant;
            case Signal.Form.Counter(Axis axis) -> counters.applyAsLong(axis);
            case Signal.Form.Active(int number) -> number == phase ? 1 : 0;
            case Signal.Form.Function(Signal.Gate gate) -> function(gate, signal);
            case Signal.Form.Lookup _, Signal.Form.Recall _, Signal.Form.Before _, Signal.Form.Take _ ->
                throw new Unsupported("when a stream is met depends on what is in it");
        };
        known.put(signal, value);
        return value;
    }

    private long function(Signal.Gate gate, Signal signal) {
        long a = value(signal.operand(0));
        long b = signal.operands().size() > 1 ? value(signal.operand(1)) : 0;
        return switch (gate) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY, MULTIPLY_SERIALLY -> a * b;
            case SHIFT_LEFT -> a << b;
            case SHIFT_RIGHT -> a >> b;
            case HIGHEST_BIT -> Long.highestOneBit(a);
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
            case AND, BOTH -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case LESS -> a < b ? 1 : 0;
            case EQUAL -> a == b ? 1 : 0;
            case SELECT -> a != 0 ? b : value(signal.operand(2));
            case NOT -> 1 - a;
            case WRAP -> wrapped(a, signal.range());
        };
    }

    private static long wrapped(long value, Range range) {
        long size = range.hi() - range.lo() + 1;
        return size == 0 ? value : range.lo() + Math.floorMod(value - range.lo(), size);
    }
}
