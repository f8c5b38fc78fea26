package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/// Makes signals, each once, with the range that follows from those of its operands; what is constant is computed here.
final class Signals {
    private static final Range FLAG = new Range(0, 1);

    /// A product with a constant that is the sum of so many powers of two is better made of sums.
    private static final int MOST_TERMS = 3;

    /// A product of two numbers of so many bits, one of them a constant, is, too.
    private static final int SMALL_BITS = 16;

    private final Map<Key, Signal> known = new HashMap<>();
    private final List<Signal> all = new ArrayList<>();
    private final Map<Axis, Signal> axes = new IdentityHashMap<>();

    private record Key(Signal.Form form, List<Signal> operands, Range range) {}

    /// In the order in which they were made.
    List<Signal> all() {
        return all;
    }

    private Signal make(Signal.Form form, Range range, Signal... operands) {
        return known.computeIfAbsent(new Key(form, List.of(operands), range), key -> {
            Signal signal = new Signal(all.size(), form, key.operands(), range);
            all.add(signal);
            return signal;
        });
    }

    private Signal gate(Signal.Gate gate, Range range, Signal... operands) {
        return make(new Signal.Form.Function(gate), range, operands);
    }

    Signal constant(long value) {
        return make(new Signal.Form.Constant(value), Range.of(value));
    }

    Signal active(int phase) {
        return make(new Signal.Form.Active(phase), FLAG);
    }

    Signal before(Register register) {
        return make(new Signal.Form.Before(register), register.range());
    }

    Signal take(Buffer buffer, int lane, Range range, Signal when) {
        return make(new Signal.Form.Take(buffer, lane), range, when);
    }

    Signal lookup(Rom rom, Signal address) {
        return make(new Signal.Form.Lookup(rom), rom.range(), address);
    }

    Signal recall(Ram ram, Signal address) {
        return make(new Signal.Form.Recall(ram), ram.range(), address);
    }

    /// Puts a signal in place of a loop's counter.
    void define(Axis axis, Signal signal) {
        axes.put(axis, signal);
    }

    Signal counter(Axis axis) {
        Signal defined = axes.get(axis);
        return defined != null ? defined : make(new Signal.Form.Counter(axis), axis.range());
    }

    Signal index(Index index) {
        Signal sum = constant(index.constant());
        for (Map.Entry<Index.Atom, Long> term : index.terms().entrySet()) {
            Signal atom = switch (term.getKey()) {
                case Index.Variable(Axis axis) -> counter(axis);
                case Index.Quotient(Index dividend, long divisor) -> divide(index(dividend), divisor);
                case Index.Remainder(Index dividend, long divisor) -> remainder(index(dividend), divisor);
                case Index.Clamped(Index inner, long lo, long hi) ->
                    least(most(index(inner), constant(lo)), constant(hi));
                case Index.Loaded _ -> throw new Unsupported("an index comes from a tensor");
            };
            sum = add(sum, multiply(atom, constant(term.getValue())));
        }
        return sum;
    }

    Signal add(Signal a, Signal b) {
        if (a.isConstant() && b.isConstant()) {
            return constant(exactly(() -> Math.addExact(a.constant(), b.constant())));
        }
        if (a.isConstant(0)) {
            return b;
        }
        if (b.isConstant(0)) {
            return a;
        }
        Range range = exactly(() -> new Range(
                Math.addExact(a.range().lo(), b.range().lo()),
                Math.addExact(a.range().hi(), b.range().hi())));
        return gate(Signal.Gate.ADD, range, a, b);
    }

    Signal subtract(Signal a, Signal b) {
        if (b.isConstant()) {
            return add(a, constant(exactly(() -> Math.negateExact(b.constant()))));
        }
        Range range = exactly(() -> new Range(
                Math.subtractExact(a.range().lo(), b.range().hi()),
                Math.subtractExact(a.range().hi(), b.range().lo())));
        return gate(Signal.Gate.SUBTRACT, range, a, b);
    }

    Signal multiply(Signal a, Signal b) {
        if (a.isConstant() && b.isConstant()) {
            return constant(exactly(() -> Math.multiplyExact(a.constant(), b.constant())));
        }
        if (a.isConstant()) {
            return multiply(b, a);
        }
        if (b.isConstant() && isSimple(a, b.constant())) {
            return scaled(a, b.constant());
        }
        return gate(Signal.Gate.MULTIPLY, productRange(a, b), a, b);
    }

    static Range productRange(Signal a, Signal b) {
        return exactly(() -> multiples(a.range(), b.range().lo())
                .union(multiples(a.range(), b.range().hi())));
    }

    /// The product of two numbers, some bits of the second at a time.
    ///
    /// @param b not negative
    /// @param when the iterations that need it; as many pass from one to the next as it takes
    /// @param bits how many bits at a time
    Signal multiplySerially(Signal a, Signal b, Signal when, int bits) {
        return gate(Signal.Gate.MULTIPLY_SERIALLY, productRange(a, b), a, b, when, constant(bits));
    }

    /// False for a product that is constant, or made of few sums.
    static boolean needsMultiplier(Signal a, Signal b) {
        boolean simple = a.isConstant() && isSimple(b, a.constant()) || b.isConstant() && isSimple(a, b.constant());
        return !simple && !(a.isConstant() && b.isConstant());
    }

    /// True where a product is better made of sums.
    private static boolean isSimple(Signal a, long factor) {
        return digits(factor) <= MOST_TERMS || a.width() <= SMALL_BITS && Signal.width(Range.of(factor)) <= SMALL_BITS;
    }

    /// How many powers of two a number is the sum or difference of, at least.
    static int digits(long factor) {
        return Long.bitCount(factor ^ 3 * factor);
    }

    /// A product as a sum of shifted numbers, some of them negative: the fewest that there are.
    private Signal scaled(Signal a, long factor) {
        if (factor == 0) {
            return constant(0);
        }
        int zeros = Long.numberOfTrailingZeros(factor);
        long odd = factor >> zeros;
        if (zeros > 0) {
            return shiftLeft(scaled(a, odd), zeros);
        }
        if (odd == 1) {
            return a;
        }
        Range range = exactly(() -> multiples(a.range(), odd));
        // The last digit is what leaves the fewest others.
        boolean negative = (odd & 3) == 3;
        Signal rest = scaled(a, negative ? odd + 1 : odd - 1);
        return gate(negative ? Signal.Gate.SUBTRACT : Signal.Gate.ADD, range, rest, a);
    }

    private static Range multiples(Range range, long factor) {
        long one = Math.multiplyExact(range.lo(), factor);
        long other = Math.multiplyExact(range.hi(), factor);
        return new Range(Math.min(one, other), Math.max(one, other));
    }

    private static <T> T exactly(Supplier<T> computed) {
        try {
            return computed.get();
        } catch (ArithmeticException tooLarge) {
            throw new Unsupported("a number takes more than 64 bits");
        }
    }

    Signal shiftLeft(Signal a, int bits) {
        if (a.isConstant()) {
            return constant(exactly(() -> Math.multiplyExact(a.constant(), 1L << bits)));
        }
        return bits == 0
                ? a
                : gate(Signal.Gate.SHIFT_LEFT, exactly(() -> multiples(a.range(), 1L << bits)), a, constant(bits));
    }

    /// The largest power of two that is not above a number; 0 for 0.
    ///
    /// @param a not negative
    Signal highestBit(Signal a) {
        return a.isConstant()
                ? constant(Long.highestOneBit(a.constant()))
                : gate(
                        Signal.Gate.HIGHEST_BIT,
                        new Range(
                                Long.highestOneBit(a.range().lo()),
                                Long.highestOneBit(a.range().hi())),
                        a);
    }

    Signal shiftRight(Signal a, int bits) {
        if (bits == 0) {
            return a;
        }
        if (a.isConstant()) {
            return constant(a.constant() >> bits);
        }
        Range range = new Range(a.range().lo() >> bits, a.range().hi() >> bits);
        return range.lo() == range.hi()
                ? constant(range.lo())
                : gate(Signal.Gate.SHIFT_RIGHT, range, a, constant(bits));
    }

    /// @param divisor above 0
    Signal divide(Signal a, long divisor) {
        if (a.range().lo() < 0) {
            throw new Unsupported("a number that may be negative is divided by " + divisor);
        }
        if (Long.bitCount(divisor) == 1) {
            return shiftRight(a, Long.numberOfTrailingZeros(divisor));
        }
        Range range = new Range(a.range().lo() / divisor, a.range().hi() / divisor);
        return range.lo() == range.hi() ? constant(range.lo()) : gate(Signal.Gate.DIVIDE, range, a, constant(divisor));
    }

    /// @param divisor above 0
    Signal remainder(Signal a, long divisor) {
        if (a.range().lo() < 0) {
            throw new Unsupported("a number that may be negative is divided by " + divisor);
        }
        if (a.range().hi() < divisor) {
            return a;
        }
        if (a.range().hi() < 2 * divisor) {
            return select(less(a, constant(divisor)), a, subtract(a, constant(divisor)), new Range(0, divisor - 1));
        }
        return gate(Signal.Gate.REMAINDER, new Range(0, divisor - 1), a, constant(divisor));
    }

    /// The larger one.
    Signal most(Signal a, Signal b) {
        if (a.range().lo() >= b.range().hi()) {
            return a;
        }
        if (b.range().lo() >= a.range().hi()) {
            return b;
        }
        Range range = new Range(
                Math.max(a.range().lo(), b.range().lo()),
                Math.max(a.range().hi(), b.range().hi()));
        return select(less(a, b), b, a, range);
    }

    /// The smaller one.
    Signal least(Signal a, Signal b) {
        if (a.range().hi() <= b.range().lo()) {
            return a;
        }
        if (b.range().hi() <= a.range().lo()) {
            return b;
        }
        Range range = new Range(
                Math.min(a.range().lo(), b.range().lo()),
                Math.min(a.range().hi(), b.range().hi()));
        return select(less(a, b), a, b, range);
    }

    Signal bits(Signal.Gate gate, Signal a, Signal b) {
        if (a.range().lo() >= 0 && b.range().lo() >= 0) {
            long most = Math.max(a.range().hi(), b.range().hi());
            long all = most == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(most);
            return gate(gate, new Range(0, all), a, b);
        }
        Range wide = a.width() > b.width() ? a.range() : b.range();
        long limit = 1L << (Signal.width(wide) - 1);
        return gate(gate, new Range(-limit, limit - 1), a, b);
    }

    Signal less(Signal a, Signal b) {
        if (a.range().hi() < b.range().lo()) {
            return constant(1);
        }
        return a.range().lo() >= b.range().hi() ? constant(0) : gate(Signal.Gate.LESS, FLAG, a, b);
    }

    Signal equal(Signal a, Signal b) {
        if (a == b) {
            return constant(1);
        }
        boolean apart =
                a.range().hi() < b.range().lo() || b.range().hi() < a.range().lo();
        if (apart) {
            return constant(0);
        }
        return a.isConstant() && b.isConstant() ? constant(1) : gate(Signal.Gate.EQUAL, FLAG, a, b);
    }

    Signal not(Signal flag) {
        return flag.isConstant() ? constant(1 - flag.constant()) : gate(Signal.Gate.NOT, FLAG, flag);
    }

    Signal both(Signal a, Signal b) {
        if (a.isConstant()) {
            return a.isConstant(0) ? a : b;
        }
        if (b.isConstant()) {
            return both(b, a);
        }
        return a == b ? a : gate(Signal.Gate.BOTH, FLAG, a, b);
    }

    /// 1 if one of them is; 0 if there are none.
    Signal anyOf(List<Signal> flags) {
        return flags.isEmpty() ? constant(0) : tree(flags, (a, b) -> not(both(not(a), not(b))));
    }

    /// What a function makes of all of them, each as far from the result as the others.
    ///
    /// @param terms at least one
    static Signal tree(List<Signal> terms, BinaryOperator<Signal> function) {
        int half = terms.size() / 2;
        return half == 0
                ? terms.getFirst()
                : function.apply(
                        tree(terms.subList(0, half), function), tree(terms.subList(half, terms.size()), function));
    }

    /// True if all are; 1 if there are none.
    Signal all(Collection<Signal> flags) {
        return flags.stream()
                .sorted(Comparator.comparingInt(Signal::number))
                .reduce(this::both)
                .orElseGet(() -> constant(1));
    }

    Signal select(Signal flag, Signal then, Signal otherwise) {
        return select(flag, then, otherwise, then.range().union(otherwise.range()));
    }

    /// @param range what is known of the result, which may be less than what the two say
    private Signal select(Signal flag, Signal then, Signal otherwise, Range range) {
        if (flag.isConstant()) {
            return flag.isConstant(1) ? then : otherwise;
        }
        return then == otherwise ? then : gate(Signal.Gate.SELECT, range, flag, then, otherwise);
    }

    /// The low bits, as a number of a type of integers.
    Signal wrap(Signal a, Range type) {
        return type.lo() <= a.range().lo() && a.range().hi() <= type.hi() ? a : gate(Signal.Gate.WRAP, type, a);
    }
}
