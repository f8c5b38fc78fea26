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
import java.util.Collection;
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
    private final Arithmetic arithmetic;
    private final StreamTable streams = new StreamTable(signals);
    private final RomTable roms = new RomTable(signals);
    private final Phases phases;
    private final Products products;
    private final Function<Buffer, Optional<Tensor>> constants;
    private final Function<Buffer, Range> ranges;
    private final Map<KernelArray, List<Setting>> settings = new IdentityHashMap<>();
    private final Map<KernelArray, Register> registers = new LinkedHashMap<>();
    private final Map<KernelArray, Ram> rams = new LinkedHashMap<>();
    private final Map<Ram, Set<Integer>> readers = new IdentityHashMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private final Accumulation accumulation;
    private Phase phase;
    private Set<Signal> guard = Set.of();

    /// What an array without extents was set to, and when.
    private record Setting(Set<Signal> guard, Operand value) {}

    /// @param constants the content of a buffer that is never written; empty for a stream
    /// @param ranges of the elements of streams that are read
    /// @param blocks true if there are multiplier blocks
    Datapath(
            Phases phases,
            Function<Buffer, Optional<Tensor>> constants,
            Function<Buffer, Range> ranges,
            Accumulation accumulation,
            boolean blocks) {
        this.phases = phases;
        this.products = new Products(signals, phases, blocks);
        this.arithmetic = new Arithmetic(signals, products::always);
        this.constants = constants;
        this.ranges = ranges;
        this.accumulation = accumulation;
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
        return guard(conditions);
    }

    /// Conditions that may not hold.
    private static Set<Signal> guard(Collection<Signal> conditions) {
        Set<Signal> open = new HashSet<>(conditions);
        open.removeIf(condition -> condition.isConstant(1));
        return open;
    }

    private void statements(List<Stmt> statements) {
        statements.forEach(this::statement);
    }

    private void statement(Stmt statement) {
        switch (statement) {
            case Stmt.Allocate _ -> {}
            case Stmt.Assign(KernelExpr.Element target, KernelExpr value) -> {
                Set<Signal> before = guard;
                guard = with(inside(target, value));
                assign(target, started(target, value));
                guard = before;
            }
            case Stmt.Store(Buffer buffer, Index offset, KernelExpr value, _) ->
                streams.put(buffer, offset, integer(value), guard);
            case Stmt.If(List<Stmt.Condition> conditions, List<Stmt> body) -> {
                Set<Signal> before = guard;
                guard = with(conditions.stream().map(this::holds).toList());
                statements(body);
                guard = before;
            }
            case Stmt.Let(Axis axis, KernelExpr value, List<Stmt> body) -> {
                Signal limited = signals.least(
                        signals.most(integer(value), signals.constant(0)), signals.constant(axis.extent() - 1));
                signals.define(axis, limited);
                statements(body);
            }
            case Stmt.For loop -> throw new Unsupported("a loop over " + loop.axis() + " has no phase");
            case Stmt.Barrier _, Stmt.ChannelRead _, Stmt.ChannelWrite _ ->
                throw new Unsupported("a kernel has channels or barriers");
        }
    }

    /// What must hold for an array to get an element of a stream. Rows that are kept may reach beyond the tensor, where
    /// nothing is computed from them; an index then stays at the tensor's edge, which a memory could read once more. A
    /// stream could not.
    private List<Signal> inside(KernelExpr.Element target, KernelExpr value) {
        if (target.array().extents().isEmpty()
                || !(value instanceof KernelExpr.Load(Buffer buffer, Index offset))
                || constants.apply(buffer).isPresent()) {
            return List.of();
        }
        List<Signal> conditions = new ArrayList<>();
        for (Index.Atom atom : offset.terms().keySet()) {
            if (atom instanceof Index.Clamped(Index inner, long lo, long hi)) {
                conditions.add(within(inner, lo, hi + 1));
            }
        }
        return conditions;
    }

    /// What an array starts from: see [Accumulation#neutral].
    private Operand started(KernelExpr.Element target, KernelExpr value) {
        Optional<Long> neutral = accumulation.neutral(target.array());
        ElementType type = target.type();
        boolean extreme = value instanceof KernelExpr.Constant(double number, _)
                && !type.isFloating()
                && (number == IntegerTypes.least(type) || number == IntegerTypes.largest(type));
        return extreme && neutral.isPresent() ? new Operand.Whole(signals.constant(neutral.get())) : value(value);
    }

    /// The guard that holds, and more.
    private Set<Signal> with(Collection<Signal> more) {
        Set<Signal> all = new HashSet<>(guard);
        all.addAll(more);
        return guard(all);
    }

    private Signal holds(Stmt.Condition condition) {
        return within(condition.index(), condition.lo(), condition.hi());
    }

    private Signal within(Index index, long lo, long hi) {
        Signal signal = signals.index(index);
        return signals.both(
                signals.not(signals.less(signal, signals.constant(lo))), signals.less(signal, signals.constant(hi)));
    }

    private void assign(KernelExpr.Element target, Operand value) {
        KernelArray array = target.array();
        if (array.extents().isEmpty()) {
            List<Setting> before = settings.computeIfAbsent(array, _ -> new ArrayList<>());
            // Whenever one of those was set, it is overwritten now.
            before.removeIf(setting -> setting.guard().containsAll(guard));
            before.add(new Setting(guard, value));
            return;
        }
        Signal number = value.integer();
        Range range = number.range();
        Ram ram = rams.computeIfAbsent(array, _ -> new Ram(array.name(), array.elements(), range));
        if (ram.range().lo() > range.lo() || ram.range().hi() < range.hi()) {
            throw new Unsupported("array " + array + " gets larger numbers at another place");
        }
        Signal address = signals.index(target.offset());
        effects.add(new Effect.Write(ram, phase.number(), signals.all(guard), address, number));
    }

    private Signal integer(KernelExpr expr) {
        return value(expr).integer();
    }

    private Operand value(KernelExpr expr) {
        return switch (expr) {
            case KernelExpr.Constant(double value, ElementType type) -> arithmetic.constant(value, type);
            case KernelExpr.Load(Buffer buffer, Index offset) -> load(buffer, offset);
            case KernelExpr.Element element -> element(element);
            case KernelExpr.Unary(UnaryFunction function, KernelExpr operand) ->
                arithmetic.unary(function, operand.type(), value(operand));
            case KernelExpr.Binary(BinaryFunction function, KernelExpr left, KernelExpr right) ->
                arithmetic.binary(
                        function,
                        expr.type(),
                        value(left),
                        value(right),
                        (a, b) -> products.sometimes(a, b, signals.all(guard)));
            case KernelExpr.MultiplyAdd(KernelExpr left, KernelExpr right, KernelExpr addend) ->
                arithmetic.multiplyAdd(expr.type(), value(left), value(right), value(addend));
            // Whether a number is one: in hardware there is nothing else.
            case KernelExpr.Select(var comparison, var left, var right, var then, _)
            when comparison == Expr.Comparison.EQUAL && left.equals(right) -> value(then);
            case KernelExpr.Select(var comparison, var left, var right, var then, var otherwise) ->
                arithmetic.select(
                        arithmetic.compare(comparison, value(left), value(right)), value(then), value(otherwise));
            case KernelExpr.Within(Index index, long lo, long hi, KernelExpr inside, KernelExpr otherwise) -> {
                Signal condition = within(index, lo, hi);
                Set<Signal> before = guard;
                guard = with(List.of(condition));
                Operand then = value(inside);
                guard = before;
                yield arithmetic.select(condition, then, value(otherwise));
            }
            case KernelExpr.Cast(KernelExpr operand, ElementType type) -> arithmetic.cast(value(operand), type);
            case KernelExpr.Position(Index index, ElementType type) ->
                arithmetic.cast(new Operand.Whole(signals.index(index)), type);
        };
    }

    private Operand load(Buffer buffer, Index offset) {
        return constants
                .apply(buffer)
                .map(tensor -> roms.constant(buffer, tensor, offset, phase.loops()))
                .orElseGet(() -> new Operand.Whole(streams.take(buffer, offset, ranges.apply(buffer), guard)));
    }

    private Operand element(KernelExpr.Element element) {
        KernelArray array = element.array();
        if (array.extents().isEmpty()) {
            return current(array);
        }
        Ram ram = rams.get(array);
        if (ram == null) {
            throw new Unsupported("array " + array + " is read before anything is written to it");
        }
        readers.computeIfAbsent(ram, _ -> new HashSet<>()).add(phase.number());
        return new Operand.Whole(signals.recall(ram, signals.index(element.offset())));
    }

    /// What an array without extents holds where the statement stands.
    private Operand current(KernelArray array) {
        List<Setting> before = settings.getOrDefault(array, List.of());
        return current(array, before, before.size());
    }

    private Operand current(KernelArray array, List<Setting> before, int count) {
        if (count == 0) {
            if (array.element().isFloating()) {
                throw new Unsupported("the real number " + array + " outlives an iteration");
            }
            return new Operand.Whole(signals.before(registers.computeIfAbsent(
                    array,
                    _ -> new Register(
                            array.name(),
                            accumulation.range(array).orElseGet(() -> Arithmetic.range(array.element()))))));
        }
        Setting latest = before.get(count - 1);
        if (guard.containsAll(latest.guard())) {
            return latest.value();
        }
        Operand otherwise = current(array, before, count - 1);
        return isOfAnotherPhase(latest.guard())
                ? otherwise
                : arithmetic.select(signals.all(latest.guard()), latest.value(), otherwise);
    }

    /// True if what is guarded so is done in another phase than the statement.
    private boolean isOfAnotherPhase(Set<Signal> other) {
        return other.stream()
                .filter(condition -> condition.form() instanceof Signal.Form.Active)
                .anyMatch(condition ->
                        guard.stream().anyMatch(own -> own.form() instanceof Signal.Form.Active && own != condition));
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
        guard = Set.of();
        List.copyOf(registers.entrySet())
                .forEach(entry -> effects.add(new Effect.Keep(
                        entry.getValue(), current(entry.getKey()).integer())));
        effects.addAll(streams.outputs());
    }

    /// Where streams are read.
    List<Meeting> inputs() {
        return streams.inputs();
    }

    /// Where each stream is met, those that are read first.
    List<Meeting> meetings() {
        List<Meeting> meetings = new ArrayList<>(inputs());
        streams.outputs().forEach(put -> meetings.add(put.meeting()));
        return meetings;
    }
}
