package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.numeric.IntegerTypes;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What one iteration of a kernel computes, as signals: each statement is done once, in order, with the condition under
/// which it counts. Numbers that outlive an iteration become registers, arrays memories, constants memories that are
/// never written, and tensors streams.
final class Datapath {
    private final Signals signals = new Signals();
    private final Rounding rounding = new Rounding(signals);
    private final RealArithmetic reals = new RealArithmetic(signals);
    private final Phases phases;
    private final Function<Buffer, Optional<Tensor>> constants;
    private final Function<Buffer, Range> ranges;
    private final Map<KernelArray, List<Setting>> settings = new IdentityHashMap<>();
    private final Map<KernelArray, Register> registers = new LinkedHashMap<>();
    private final Map<KernelArray, Ram> rams = new LinkedHashMap<>();
    private final Map<Ram, Set<Integer>> readers = new IdentityHashMap<>();
    private final Map<Buffer, List<Taking>> takings = new LinkedHashMap<>();
    private final Map<Buffer, List<Putting>> puttings = new LinkedHashMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private final RomTable roms;
    private final Accumulation accumulation;
    private Phase phase;
    private Set<Signal> guard = Set.of();

    /// A number in hardware: an integer, or what stands for one of a floating-point type.
    private sealed interface Value {
        record Whole(Signal signal) implements Value {}

        record Fraction(Real real) implements Value {}
    }

    /// What an array without extents was set to, and when.
    private record Setting(Set<Signal> guard, Value value) {}

    /// An element of a stream that is read, by where it stands in its tensor.
    private record Taking(Index offset, Set<Signal> guard, Signal signal) {}

    private record Putting(Set<Signal> guard, Signal value) {}

    /// @param constants the content of a buffer that is never written; empty for a stream
    /// @param ranges of the elements of streams that are read
    Datapath(
            Phases phases,
            Function<Buffer, Optional<Tensor>> constants,
            Function<Buffer, Range> ranges,
            Accumulation accumulation) {
        this.phases = phases;
        this.constants = constants;
        this.ranges = ranges;
        this.accumulation = accumulation;
        this.roms = new RomTable(signals);
        this.phase = phases.all().getFirst();
        for (Phase each : phases.all()) {
            phase = each;
            for (Phase.Part part : each.parts()) {
                guard = guard(part);
                statements(part.statements());
            }
        }
        finish();
    }

    Signals signals() {
        return signals;
    }

    List<Effect> effects() {
        return effects;
    }

    List<Rom> roms() {
        return roms.all();
    }

    List<Ram> rams() {
        return List.copyOf(rams.values());
    }

    List<Register> registers() {
        return List.copyOf(registers.values());
    }

    /// The phases that read a memory.
    Set<Integer> readers(Ram ram) {
        return readers.getOrDefault(ram, Set.of());
    }

    Phases phases() {
        return phases;
    }

    /// 1 in a loop's first iteration.
    Signal isFirst(Stmt.For loop) {
        return signals.equal(signals.counter(loop.axis()), signals.index(loop.from()));
    }

    /// 1 in a loop's last iteration.
    Signal isLast(Stmt.For loop) {
        return signals.equal(
                signals.counter(loop.axis()), signals.index(loop.until().plus(-1)));
    }

    private Set<Signal> guard(Phase.Part part) {
        Set<Signal> conditions = new HashSet<>();
        if (phases.all().size() > 1) {
            conditions.add(signals.active(phase.number()));
        }
        part.first().forEach(loop -> conditions.add(isFirst(loop)));
        part.last().forEach(loop -> conditions.add(isLast(loop)));
        conditions.removeIf(condition -> condition.isConstant(1));
        return conditions;
    }

    private Signal when(Set<Signal> conditions) {
        return signals.all(conditions.stream()
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .toList());
    }

    private void statements(List<Stmt> statements) {
        statements.forEach(this::statement);
    }

    private void statement(Stmt statement) {
        switch (statement) {
            case Stmt.Allocate _ -> {}
            case Stmt.Assign(KernelExpr.Element target, KernelExpr value) -> assign(target, started(target, value));
            case Stmt.Store(Buffer buffer, _, KernelExpr value, _) ->
                puttings.computeIfAbsent(buffer, _ -> new ArrayList<>()).add(new Putting(guard, whole(value)));
            case Stmt.If(List<Stmt.Condition> conditions, List<Stmt> body) -> {
                Set<Signal> before = guard;
                guard = with(conditions.stream().map(this::holds).toList());
                statements(body);
                guard = before;
            }
            case Stmt.Let(Axis axis, KernelExpr value, List<Stmt> body) -> {
                Signal limited = signals.least(
                        signals.most(whole(value), signals.constant(0)), signals.constant(axis.extent() - 1));
                signals.define(axis, limited);
                statements(body);
            }
            case Stmt.For loop -> throw new Unsupported("a loop over " + loop.axis() + " has no phase");
            case Stmt.Barrier _, Stmt.ChannelRead _, Stmt.ChannelWrite _ ->
                throw new Unsupported("a kernel has channels or barriers");
        }
    }

    /// What an array starts from: see [Accumulation#neutral].
    private Value started(KernelExpr.Element target, KernelExpr value) {
        Optional<Long> neutral = accumulation.neutral(target.array());
        ElementType type = target.type();
        boolean extreme = value instanceof KernelExpr.Constant(double number, _)
                && !type.isFloating()
                && (number == IntegerTypes.least(type) || number == IntegerTypes.largest(type));
        return extreme && neutral.isPresent() ? new Value.Whole(signals.constant(neutral.get())) : value(value);
    }

    private Set<Signal> with(List<Signal> more) {
        Set<Signal> all = new HashSet<>(guard);
        all.addAll(more);
        all.removeIf(condition -> condition.isConstant(1));
        return all;
    }

    private Signal holds(Stmt.Condition condition) {
        return within(condition.index(), condition.lo(), condition.hi());
    }

    private Signal within(Index index, long lo, long hi) {
        Signal signal = signals.index(index);
        return signals.both(
                signals.not(signals.less(signal, signals.constant(lo))), signals.less(signal, signals.constant(hi)));
    }

    private void assign(KernelExpr.Element target, Value value) {
        KernelArray array = target.array();
        if (array.extents().isEmpty()) {
            settings.computeIfAbsent(array, _ -> new ArrayList<>()).add(new Setting(guard, value));
            return;
        }
        Signal number = whole(value);
        Ram ram = ram(array, number.range());
        if (ram.range().lo() > number.range().lo()
                || ram.range().hi() < number.range().hi()) {
            throw new Unsupported("array " + array + " gets larger numbers at another place");
        }
        effects.add(new Effect.Write(ram, phase.number(), when(guard), signals.index(target.offset()), number));
    }

    private Ram ram(KernelArray array, Range range) {
        return rams.computeIfAbsent(array, _ -> new Ram(array.name(), array.elements(), range));
    }

    private Signal whole(KernelExpr expr) {
        return whole(value(expr));
    }

    private Signal whole(Value value) {
        return switch (value) {
            case Value.Whole(Signal signal) -> signal;
            case Value.Fraction _ -> throw new Unsupported("a real number is kept or stored");
        };
    }

    private Real real(KernelExpr expr) {
        return real(value(expr));
    }

    private static Real real(Value value) {
        return switch (value) {
            case Value.Fraction(Real real) -> real;
            case Value.Whole _ -> throw new Unsupported("an integer stands for a real number");
        };
    }

    private Value value(KernelExpr expr) {
        return switch (expr) {
            case KernelExpr.Constant(double value, ElementType type) -> constant(value, type);
            case KernelExpr.Load(Buffer buffer, Index offset) -> load(buffer, offset);
            case KernelExpr.Element element -> element(element);
            case KernelExpr.Unary(UnaryFunction function, KernelExpr operand) -> unary(function, operand);
            case KernelExpr.Binary(BinaryFunction function, KernelExpr left, KernelExpr right) ->
                expr.type().isFloating()
                        ? new Value.Fraction(reals.binary(function, real(left), real(right)))
                        : new Value.Whole(wrapped(integer(function, whole(left), whole(right)), expr.type()));
            case KernelExpr.MultiplyAdd(KernelExpr left, KernelExpr right, KernelExpr addend) -> {
                if (expr.type().isFloating()) {
                    throw new Unsupported("real numbers are multiplied and added");
                }
                Signal product = wrapped(signals.multiply(whole(left), whole(right)), expr.type());
                yield new Value.Whole(wrapped(signals.add(whole(addend), product), expr.type()));
            }
            case KernelExpr.Select(var comparison, var left, var right, var then, var otherwise) ->
                select(comparison, left, right, then, otherwise);
            case KernelExpr.Within(Index index, long lo, long hi, KernelExpr inside, KernelExpr otherwise) -> {
                Signal condition = within(index, lo, hi);
                Set<Signal> before = guard;
                guard = with(List.of(condition));
                Signal then = whole(inside);
                guard = before;
                yield new Value.Whole(signals.select(condition, then, whole(otherwise)));
            }
            case KernelExpr.Cast(KernelExpr operand, ElementType type) -> cast(value(operand), type);
            case KernelExpr.Position(Index index, ElementType type) ->
                cast(new Value.Whole(signals.index(index)), type);
        };
    }

    private Value constant(double value, ElementType type) {
        if (!type.isFloating()) {
            return new Value.Whole(signals.constant((long) value));
        }
        if (value != Math.rint(value) || Math.abs(value) > 1L << 52) {
            throw new Unsupported("the constant " + value + " is no integer");
        }
        return new Value.Fraction(Real.exact(signals.constant((long) value), 0));
    }

    private Value load(Buffer buffer, Index offset) {
        Optional<Tensor> constant = constants.apply(buffer);
        if (constant.isPresent()) {
            RomTable.Cell cell = roms.cell(buffer, constant.get(), offset, phase.loops());
            return cell.fraction().isPresent()
                    ? new Value.Fraction(
                            Real.exact(cell.signal(), cell.fraction().getAsInt()))
                    : new Value.Whole(cell.signal());
        }
        List<Taking> taken = takings.computeIfAbsent(buffer, _ -> new ArrayList<>());
        for (Taking taking : taken) {
            if (taking.offset().equals(offset) && guard.containsAll(taking.guard())) {
                return new Value.Whole(taking.signal());
            }
        }
        Port port = new Port(buffer.name(), buffer, false, 0, ranges.apply(buffer));
        Signal signal = signals.take(port, taken.size(), when(guard));
        taken.add(new Taking(offset, guard, signal));
        return new Value.Whole(signal);
    }

    private Value element(KernelExpr.Element element) {
        KernelArray array = element.array();
        if (array.extents().isEmpty()) {
            return current(array);
        }
        Ram ram = rams.get(array);
        if (ram == null) {
            throw new Unsupported("array " + array + " is read before anything is written to it");
        }
        readers.computeIfAbsent(ram, _ -> new HashSet<>()).add(phase.number());
        return new Value.Whole(signals.recall(ram, signals.index(element.offset())));
    }

    /// What an array without extents holds where the statement stands.
    private Value current(KernelArray array) {
        List<Setting> before = settings.getOrDefault(array, List.of());
        return current(array, before, before.size());
    }

    private Value current(KernelArray array, List<Setting> before, int count) {
        if (count == 0) {
            if (array.element().isFloating()) {
                throw new Unsupported("the real number " + array + " outlives an iteration");
            }
            Register register = registers.computeIfAbsent(array, _ -> new Register(array.name(), range(array)));
            return new Value.Whole(signals.before(register));
        }
        Setting latest = before.get(count - 1);
        if (guard.containsAll(latest.guard())) {
            return latest.value();
        }
        if (areExclusive(latest.guard())) {
            return current(array, before, count - 1);
        }
        Signal otherwise = whole(current(array, before, count - 1));
        return new Value.Whole(signals.select(when(latest.guard()), whole(latest.value()), otherwise));
    }

    /// True if the statement stands in another phase.
    private boolean areExclusive(Set<Signal> other) {
        return other.stream().anyMatch(condition -> condition.form() instanceof Signal.Form.Active)
                && guard.stream().anyMatch(condition -> condition.form() instanceof Signal.Form.Active)
                && other.stream()
                        .filter(condition -> condition.form() instanceof Signal.Form.Active)
                        .noneMatch(guard::contains);
    }

    private Range range(KernelArray array) {
        return accumulation.range(array).orElseGet(() -> range(array.element()));
    }

    private static Range range(ElementType type) {
        return switch (type) {
            case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32 ->
                new Range((long) IntegerTypes.least(type), (long) IntegerTypes.largest(type));
            case INT64 -> new Range(Long.MIN_VALUE / 4, Long.MAX_VALUE / 4);
            case UINT64, FLOAT16, FLOAT32, FLOAT64 -> throw new Unsupported(type + " is no type of hardware");
        };
    }

    private Signal wrapped(Signal signal, ElementType type) {
        return signals.wrap(signal, range(type));
    }

    private Value unary(UnaryFunction function, KernelExpr operand) {
        Value value = value(operand);
        if (function == UnaryFunction.ROUND_EVEN && value instanceof Value.Fraction(Real real)) {
            return new Value.Fraction(
                    real.fraction() == 0
                            ? Real.exact(rounding.integer(real), 0)
                            : new Real(real.number(), real.fraction(), real.single(), true, real.offset()));
        }
        if (value instanceof Value.Whole(Signal signal)) {
            Signal zero = signals.constant(0);
            if (function == UnaryFunction.NEGATE) {
                return new Value.Whole(wrapped(signals.subtract(zero, signal), operand.type()));
            }
            if (function == UnaryFunction.ABS) {
                return new Value.Whole(wrapped(signals.most(signal, signals.subtract(zero, signal)), operand.type()));
            }
        }
        throw new Unsupported("there is no " + function + " in hardware");
    }

    private Signal integer(BinaryFunction function, Signal a, Signal b) {
        return switch (function) {
            case ADD -> signals.add(a, b);
            case SUBTRACT -> signals.subtract(a, b);
            case MULTIPLY -> signals.multiply(a, b);
            case MAX -> signals.most(a, b);
            case MIN -> signals.least(a, b);
            case AND -> signals.bits(Signal.Gate.AND, a, b);
            case OR -> signals.bits(Signal.Gate.OR, a, b);
            case XOR -> signals.bits(Signal.Gate.XOR, a, b);
            case DIVIDE -> signals.divide(a, positive(b));
            case REMAINDER -> signals.remainder(a, positive(b));
            case SHIFT_RIGHT -> signals.shiftRight(a, Math.toIntExact(positive(b)));
            case SHIFT_LEFT, POWER -> throw new Unsupported("there is no " + function + " in hardware");
        };
    }

    private static long positive(Signal signal) {
        if (!signal.isConstant() || signal.constant() < 1) {
            throw new Unsupported("a divisor is no constant above 0");
        }
        return signal.constant();
    }

    private Value select(
            Expr.Comparison comparison, KernelExpr left, KernelExpr right, KernelExpr then, KernelExpr otherwise) {
        // Whether a number is one: in hardware there is nothing else.
        if (comparison == Expr.Comparison.EQUAL && left.equals(right)) {
            return value(then);
        }
        Signal a = whole(left);
        Signal b = whole(right);
        Signal condition = switch (comparison) {
            case LESS -> signals.less(a, b);
            case LESS_EQUAL -> signals.not(signals.less(b, a));
            case EQUAL -> signals.equal(a, b);
        };
        return new Value.Whole(signals.select(condition, whole(then), whole(otherwise)));
    }

    private Value cast(Value value, ElementType type) {
        return switch (value) {
            case Value.Whole(Signal signal) -> {
                if (type == ElementType.FLOAT32) {
                    boolean exact =
                            -(1L << 24) <= signal.range().lo() && signal.range().hi() <= 1L << 24;
                    yield new Value.Fraction(new Real(signal, 0, !exact, false, 0));
                }
                yield new Value.Whole(wrapped(signal, type));
            }
            case Value.Fraction(Real real) -> {
                if (type.isFloating()) {
                    throw new Unsupported("a real number becomes " + type);
                }
                Signal integer = rounding.integer(real);
                Range range = range(type);
                if (integer.range().lo() < range.lo() || integer.range().hi() > range.hi()) {
                    throw new Unsupported("a number from " + integer.range().lo() + " to "
                            + integer.range().hi() + " becomes " + type);
                }
                yield new Value.Whole(integer);
            }
        };
    }

    /// What a phase writes comes too late for the same phase to read.
    private void requireApart() {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Write write && readers(write.ram()).contains(write.phase())) {
                throw new Unsupported("array " + write.ram() + " is read while it is written");
            }
        }
    }

    /// What registers hold at the end, and what goes into streams.
    private void finish() {
        requireApart();
        for (Map.Entry<KernelArray, Register> entry : registers.entrySet()) {
            guard = Set.of();
            effects.add(new Effect.Keep(entry.getValue(), whole(current(entry.getKey()))));
        }
        puttings.forEach((buffer, all) -> {
            Set<Signal> first = all.getFirst().guard();
            if (all.stream().anyMatch(putting -> !putting.guard().equals(first))) {
                throw new Unsupported("what is stored to " + buffer + " is stored at several places");
            }
            List<Signal> values = all.stream().map(Putting::value).toList();
            Range range =
                    values.stream().map(Signal::range).reduce(Range::union).orElseThrow();
            effects.add(
                    new Effect.Put(new Port(buffer.name(), buffer, true, values.size(), range), when(first), values));
        });
    }

    /// Where each stream is met, with the number of lanes that the kernel turned out to take at once.
    List<Port> ports() {
        List<Port> ports = new ArrayList<>();
        takings.forEach((buffer, all) -> {
            Set<Signal> first = all.getFirst().guard();
            if (all.stream().anyMatch(taking -> !taking.guard().equals(first))) {
                throw new Unsupported("what is read of " + buffer + " is read at several places");
            }
            ports.add(new Port(buffer.name(), buffer, false, all.size(), ranges.apply(buffer)));
        });
        for (Effect effect : effects) {
            if (effect instanceof Effect.Put(Port port, _, _)) {
                ports.add(port);
            }
        }
        return ports;
    }

    /// For each stream that is read when it is.
    Map<Buffer, Signal> takes() {
        Map<Buffer, Signal> takes = new HashMap<>();
        takings.forEach(
                (buffer, all) -> takes.put(buffer, all.getFirst().signal().operand(0)));
        return takes;
    }
}
