package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Range;
import java.util.List;

/// A number that some wires carry: where it comes from and between which limits it lies. Its identity is what counts;
/// [Signals] makes no two of one meaning.
final class Signal {
    private final int number;
    private final Form form;
    private final List<Signal> operands;
    private final Range range;

    /// Where a signal comes from.
    sealed interface Form {
        /// A number that never changes.
        record Constant(long value) implements Form {}

        /// The counter of a loop.
        record Counter(Axis axis) implements Form {}

        /// 1 while iterations of a phase are started.
        record Active(int phase) implements Form {}

        /// A function of the operands.
        record Function(Gate gate) implements Form {}

        /// What stands at an address of a memory that is never written; the operand is the address.
        record Lookup(Rom rom) implements Form {}

        /// What stands at an address of a memory; the operand is the address.
        record Recall(Ram ram) implements Form {}

        /// What a register held when the iteration began.
        record Before(Register register) implements Form {}

        /// An element of a stream; the operand says whether one is taken.
        ///
        /// @param lane which of those that come at once
        record Take(Buffer buffer, int lane) implements Form {}
    }

    /// What is computed of signals.
    enum Gate {
        ADD(1),
        SUBTRACT(1),
        /// There after one clock edge.
        MULTIPLY(0),
        /// The product of two numbers, of which the second is not negative, where the third operand is 1: some bits of
        /// the second after others, as many at a time as the fourth says, a constant. There after as many clock edges.
        MULTIPLY_SERIALLY(0),
        /// By a power of two: the second operand is the exponent, a constant.
        SHIFT_LEFT(0),
        /// By a power of two, rounded down: the second operand is the exponent, a constant.
        SHIFT_RIGHT(0),
        /// The largest power of two that is not above the operand, which is not negative; 0 for 0.
        HIGHEST_BIT(2),
        /// By a constant above 0; the dividend is not negative.
        DIVIDE(3),
        /// What [#DIVIDE] leaves.
        REMAINDER(3),
        AND(1),
        OR(1),
        XOR(1),
        LESS(1),
        EQUAL(1),
        /// The second operand where the first is 1, else the third.
        SELECT(1),
        BOTH(1),
        NOT(0),
        /// The low bits, as a number of the signal's range.
        WRAP(0);

        private final int levels;

        Gate(int levels) {
            this.levels = levels;
        }

        /// How much of the time between two clock edges it takes.
        int levels() {
            return levels;
        }

        /// True if it yields a truth value.
        boolean isFlag() {
            return this == LESS || this == EQUAL || this == BOTH || this == NOT;
        }
    }

    Signal(int number, Form form, List<Signal> operands, Range range) {
        this.number = number;
        this.form = form;
        this.operands = List.copyOf(operands);
        this.range = range;
    }

    /// The order in which signals were made: each after its operands.
    int number() {
        return number;
    }

    Form form() {
        return form;
    }

    List<Signal> operands() {
        return operands;
    }

    Signal operand(int place) {
        return operands.get(place);
    }

    Range range() {
        return range;
    }

    boolean isConstant() {
        return form instanceof Form.Constant;
    }

    long constant() {
        if (form instanceof Form.Constant(long value)) {
            return value;
        }
        throw new IllegalStateException(this + " is no constant");
    }

    boolean isConstant(long value) {
        return form instanceof Form.Constant(long own) && own == value;
    }

    /// True for a truth value, which is one wire.
    boolean isFlag() {
        return form instanceof Form.Active || form instanceof Form.Function(Gate gate) && gate.isFlag();
    }

    /// True if it is what such a gate yields.
    boolean isOf(Gate gate) {
        return form instanceof Form.Function(Gate own) && own == gate;
    }

    /// How many wires it takes, in two's complement.
    int width() {
        return isFlag() ? 1 : width(range);
    }

    static int width(Range range) {
        return Math.max(bits(range.lo()), bits(range.hi()));
    }

    /// How many bits are kept of it: none for a sign where it is never negative.
    static int stored(Range range) {
        return range.lo() < 0 ? width(range) : Math.max(1, width(range) - 1);
    }

    private static int bits(long value) {
        return 65 - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
    }

    @Override
    public String toString() {
        return "s" + number + ":" + form;
    }
}
