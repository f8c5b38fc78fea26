package dev.sinter.ir.evaluate;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.evaluate.SharedMemory.Loaded;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One work-item of a kernel while it is evaluated: its ids and loop counters, its registers, and the value of an
/// expression in one lane.
final class WorkItem {
    /// The place of an element that lies outside of its array.
    private static final int NOWHERE = -1;

    private final String kernel;
    private final int number;
    private final SharedMemory memory;
    private final Counters counters;
    private final WorkGroup group;
    private final Map<KernelArray, ArrayContents> arrays = new IdentityHashMap<>();
    private long[] values = new long[8];
    private boolean[] runs = new boolean[8];
    private Optional<Axis> lanes = Optional.empty();
    private boolean undefined;

    WorkItem(String kernel, int number, Counters counters, WorkGroup group, SharedMemory memory) {
        this.kernel = kernel;
        this.number = number;
        this.counters = counters;
        this.group = group;
        this.memory = memory;
    }

    int number() {
        return number;
    }

    /// The values of ids and counters, by name.
    Map<String, Long> at() {
        Map<String, Long> at = new LinkedHashMap<>();
        for (int place = 0; place < runs.length; place++) {
            if (runs[place]) {
                at.put(counters.axis(place).name(), values[place]);
            }
        }
        return at;
    }

    void set(Axis axis, long value) {
        int place = counters.place(axis);
        if (place >= values.length) {
            values = Arrays.copyOf(values, 2 * place);
            runs = Arrays.copyOf(runs, 2 * place);
        }
        values[place] = value;
        runs[place] = true;
    }

    void unset(Axis axis) {
        int place = counters.place(axis);
        if (place < runs.length) {
            runs[place] = false;
        }
    }

    void enterLanes(Axis axis) {
        lanes = Optional.of(axis);
    }

    void leaveLanes() {
        lanes.ifPresent(this::unset);
        lanes = Optional.empty();
    }

    Optional<Axis> lanes() {
        return lanes;
    }

    long evaluate(Index index) {
        return counters.evaluate(index, this::value);
    }

    /// Of an index that is made anew each time.
    private long evaluateOnce(Index index) {
        return index.evaluate(axis -> value(counters.place(axis)));
    }

    private long value(int place) {
        if (place >= runs.length || !runs[place]) {
            throw new CompilerFault(kernel + " uses " + counters.axis(place) + " outside of its loop");
        }
        return values[place];
    }

    void declare(KernelArray array) {
        arrays.put(array, array.isShared() ? group.declare(array) : new ArrayContents(array));
    }

    void assign(KernelExpr.Element target, Loaded value) {
        KernelArray array = target.array();
        int place = place(target);
        if (place == NOWHERE) {
            return;
        }
        ArrayContents contents = contents(array);
        contents.writtenBy(number, place, group.phase())
                .ifPresent(other -> memory.report(new Finding.LocalRace(kernel, at(), array, place, other, number)));
        contents.write(place, value);
        ringCoordinate(target).ifPresent(coordinate -> contents.occupy(place, coordinate));
    }

    private Loaded read(KernelExpr.Element element) {
        KernelArray array = element.array();
        int place = place(element);
        if (place == NOWHERE) {
            return new Loaded(0, false);
        }
        ArrayContents contents = contents(array);
        contents.readBy(number, place, group.phase())
                .ifPresent(other -> memory.report(new Finding.LocalRace(kernel, at(), array, place, other, number)));
        ringCoordinate(element)
                .flatMap(coordinate -> contents.occupant(place, coordinate)
                        .map(other -> new Finding.Overwritten(kernel, at(), array, coordinate, other)))
                .ifPresent(memory::report);
        return contents.read(place);
    }

    private Optional<Long> ringCoordinate(KernelExpr.Element element) {
        return element.array().ring().isEmpty()
                ? Optional.empty()
                : Optional.of(evaluate(
                        element.coordinates().get(element.array().ring().getAsInt())));
    }

    private ArrayContents contents(KernelArray array) {
        ArrayContents contents = arrays.get(array);
        if (contents == null) {
            throw new CompilerFault(kernel + " uses " + array + ", which is not declared there");
        }
        return contents;
    }

    /// Where a register lies in its array, the lanes of one element side by side.
    private int place(KernelExpr.Element register) {
        KernelArray array = register.array();
        List<Index> places = register.places();
        boolean once = array.ring().isPresent();
        long place = 0;
        boolean inside = true;
        for (int axis = 0; axis < array.extents().size(); axis++) {
            Index index = places.get(axis);
            long coordinate = once ? evaluateOnce(index) : evaluate(index);
            inside &= coordinate >= 0 && coordinate < array.extents().get(axis);
            place = place * array.extents().get(axis) + coordinate;
        }
        if (!inside) {
            List<Long> coordinates = places.stream().map(this::evaluateOnce).toList();
            memory.report(new Finding.OutsideArray(kernel, at(), array, coordinates));
            return NOWHERE;
        }
        return Math.toIntExact(place * array.lanes() + lane(array));
    }

    private long lane(KernelArray array) {
        if (array.lanes() == 1) {
            return 0;
        }
        if (lanes.isEmpty() || lanes.get().extent() != array.lanes()) {
            throw new CompilerFault(
                    kernel + " uses " + array + " of " + array.lanes() + " lanes outside of such a loop");
        }
        return value(counters.place(lanes.get()));
    }

    /// The value in the lane that is set.
    Loaded value(KernelExpr expr) {
        undefined = false;
        long bits = bits(expr);
        return new Loaded(bits, undefined);
    }

    private long bits(KernelExpr expr) {
        return switch (expr) {
            case KernelExpr.Constant(double value, var type) -> RoundedArithmetic.ofDouble(value, type);
            case KernelExpr.Position(Index index, var type) -> RoundedArithmetic.ofLong(evaluate(index), type);
            case KernelExpr.Load(Buffer buffer, Index offset) -> taken(memory.load(buffer, evaluate(offset), this));
            case KernelExpr.Element register -> taken(read(register));
            case KernelExpr.Unary(var function, KernelExpr operand) ->
                RoundedArithmetic.unary(function, bits(operand), operand.type());
            case KernelExpr.Binary(var function, KernelExpr left, KernelExpr right) ->
                RoundedArithmetic.binary(function, bits(left), bits(right), left.type());
            case KernelExpr.MultiplyAdd(KernelExpr left, KernelExpr right, KernelExpr addend) ->
                RoundedArithmetic.multiplyAdd(bits(left), bits(right), bits(addend), addend.type());
            case KernelExpr.Select select -> select(select);
            case KernelExpr.Within(Index index, long lo, long hi, KernelExpr value, KernelExpr otherwise) -> {
                long position = evaluate(index);
                yield lo <= position && position < hi ? bits(value) : bits(otherwise);
            }
            case KernelExpr.Cast(KernelExpr operand, var type) ->
                RoundedArithmetic.cast(bits(operand), operand.type(), type);
        };
    }

    private long taken(Loaded loaded) {
        undefined |= loaded.undefined();
        return loaded.bits();
    }

    /// Both values are evaluated, since devices do, but only the one that is chosen counts.
    private long select(KernelExpr.Select select) {
        long left = bits(select.left());
        long right = bits(select.right());
        boolean before = undefined;
        undefined = false;
        long then = bits(select.then());
        boolean thenUndefined = undefined;
        undefined = false;
        long otherwise = bits(select.otherwise());
        boolean otherwiseUndefined = undefined;
        boolean holds = RoundedArithmetic.compare(
                select.comparison(), left, right, select.left().type());
        undefined = before || (holds ? thenUndefined : otherwiseUndefined);
        return holds ? then : otherwise;
    }
}
