package dev.sinter.ir.evaluate;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.evaluate.SharedMemory.Loaded;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One work-item of a kernel while it is evaluated: its ids and loop counters, its registers, and the value of an
/// expression in one lane.
final class WorkItem {
    private final String kernel;
    private final int number;
    private final SharedMemory memory;
    private final Map<Axis, Long> counters = new LinkedHashMap<>();
    private final WorkGroup group;
    private final Map<KernelArray, ArrayContents> arrays = new IdentityHashMap<>();
    private Optional<Axis> lanes = Optional.empty();
    private boolean undefined;

    WorkItem(String kernel, int number, WorkGroup group, SharedMemory memory) {
        this.kernel = kernel;
        this.number = number;
        this.group = group;
        this.memory = memory;
    }

    int number() {
        return number;
    }

    /// The values of ids and counters, by name.
    Map<String, Long> at() {
        Map<String, Long> at = new LinkedHashMap<>();
        counters.forEach((axis, value) -> at.put(axis.name(), value));
        return at;
    }

    void set(Axis axis, long value) {
        counters.put(axis, value);
    }

    void unset(Axis axis) {
        counters.remove(axis);
    }

    void enterLanes(Axis axis) {
        lanes = Optional.of(axis);
    }

    void leaveLanes() {
        lanes.ifPresent(counters::remove);
        lanes = Optional.empty();
    }

    Optional<Axis> lanes() {
        return lanes;
    }

    long evaluate(Index index) {
        return index.evaluate(axis -> {
            Long value = counters.get(axis);
            if (value == null) {
                throw new CompilerFault(kernel + " uses " + axis + " outside of its loop, in " + index);
            }
            return value;
        });
    }

    void declare(KernelArray array) {
        arrays.put(array, array.isShared() ? group.declare(array) : new ArrayContents(array));
    }

    void assign(KernelExpr.Element target, Loaded value) {
        KernelArray array = target.array();
        Optional<Integer> place = place(target);
        if (place.isEmpty()) {
            return;
        }
        ArrayContents contents = contents(array);
        contents.writtenBy(number, place.get(), group.phase())
                .ifPresent(
                        other -> memory.report(new Finding.LocalRace(kernel, at(), array, place.get(), other, number)));
        contents.write(place.get(), value);
        ringCoordinate(target).ifPresent(coordinate -> contents.occupy(place.get(), coordinate));
    }

    private Loaded read(KernelExpr.Element element) {
        KernelArray array = element.array();
        Optional<Integer> place = place(element);
        if (place.isEmpty()) {
            return new Loaded(0, false);
        }
        ArrayContents contents = contents(array);
        contents.readBy(number, place.get(), group.phase())
                .ifPresent(
                        other -> memory.report(new Finding.LocalRace(kernel, at(), array, place.get(), other, number)));
        ringCoordinate(element)
                .flatMap(coordinate -> contents.occupant(place.get(), coordinate)
                        .map(other -> new Finding.Overwritten(kernel, at(), array, coordinate, other)))
                .ifPresent(memory::report);
        return contents.read(place.get());
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
    private Optional<Integer> place(KernelExpr.Element register) {
        KernelArray array = register.array();
        List<Index> places = register.places();
        List<Long> coordinates = new ArrayList<>();
        long place = 0;
        boolean inside = true;
        for (int axis = 0; axis < array.extents().size(); axis++) {
            long coordinate = evaluate(places.get(axis));
            coordinates.add(coordinate);
            inside &= coordinate >= 0 && coordinate < array.extents().get(axis);
            place = place * array.extents().get(axis) + coordinate;
        }
        if (!inside) {
            memory.report(new Finding.OutsideArray(kernel, at(), array, coordinates));
            return Optional.empty();
        }
        return Optional.of(Math.toIntExact(place * array.lanes() + lane(array)));
    }

    private long lane(KernelArray array) {
        if (array.lanes() == 1) {
            return 0;
        }
        if (lanes.isEmpty() || lanes.get().extent() != array.lanes()) {
            throw new CompilerFault(
                    kernel + " uses " + array + " of " + array.lanes() + " lanes outside of such a loop");
        }
        return Expect.present(counters.get(lanes.get()), lanes.get());
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
