package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.kernel.Widths;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How many cycles of its own one work-item takes: instructions that its statements need, loads that do not change with
/// an unrolled loop counted once.
final class IssueCost {
    /// Arrays beyond so many times the vector registers are in memory.
    private static final long MOST_REGISTERS = 4;

    /// Storing the first lanes of a vector: those of its half, of its quarter and so on, where they are wanted.
    private static final double PART_OF_A_VECTOR = 6;

    /// What lies nearer is fetched together.
    private static final long ROW_BYTES = 256;

    private final Rates rates;
    private final Optional<Axis> neighbour;
    private final double freeRegisters;
    private final Deque<Loop> loops = new ArrayDeque<>();
    private final Set<KernelArray> inMemory = Collections.newSetFromMap(new IdentityHashMap<>());
    private Optional<Axis> lanes = Optional.empty();
    private double cycles;
    private double share = 1;
    private long registers;

    private record Loop(Axis axis, double trips, boolean unrolled) {}

    private IssueCost(Rates rates, Optional<Axis> neighbour, double freeRegisters) {
        this.rates = rates;
        this.neighbour = neighbour;
        this.freeRegisters = freeRegisters;
    }

    /// Estimated cycles of one work-item.
    static double cycles(Kernel kernel, Target target, Rates rates) {
        Optional<Axis> neighbour = kernel.launch() instanceof Launch.NdRange range && rates.gather() > 1
                ? range.ids().stream().findFirst()
                : Optional.empty();
        IssueCost cost = new IssueCost(rates, neighbour, target.vectorRegisters() * rates.freeRegisters());
        cost.findArraysInMemory(kernel.body(), MOST_REGISTERS * target.vectorRegisters());
        cost.block(kernel.body());
        return cost.cycles + rates.start();
    }

    /// Compilers keep an array in registers if it is small, always read as it was written, and at places that are known
    /// where loops are written out.
    private void findArraysInMemory(List<Stmt> statements, long most) {
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.Allocate(var array) -> {
                    if (array.elements() > most && !array.isShared()) {
                        inMemory.add(array);
                    }
                }
                case Stmt.Assign(var target, _) -> {
                    boolean turns = target.places().stream().anyMatch(place -> !isUnrolled(place));
                    if ((turns || Widths.areNeighbours(target, lanes))
                            && !target.array().isShared()) {
                        inMemory.add(target.array());
                    }
                }
                case Stmt.For loop -> {
                    enter(loop, 1);
                    findArraysInMemory(loop.body(), most);
                    leave(loop);
                }
                case Stmt.If(_, var body) -> findArraysInMemory(body, most);
                case Stmt.Let(_, _, var body) -> findArraysInMemory(body, most);
                case Stmt.Store _, Stmt.Barrier _, Stmt.ChannelRead _, Stmt.ChannelWrite _ -> {}
            }
        }
    }

    /// All registers of a block are taken as long as it runs, as its statements may be reordered, and free behind it.
    private void block(List<Stmt> statements) {
        long before = registers;
        for (Stmt statement : statements) {
            // Values that are bound to a name die soon.
            if (statement instanceof Stmt.Allocate(var array)
                    && !array.extents().isEmpty()
                    && !array.isShared()
                    && !inMemory.contains(array)) {
                registers += array.elements();
            }
        }
        statements.forEach(this::statement);
        registers = before;
    }

    private void statement(Stmt statement) {
        switch (statement) {
            case Stmt.Allocate _ -> {}
            case Stmt.Barrier() -> charge(rates.barrier(), Optional.empty());
            case Stmt.ChannelWrite(_, _, KernelExpr value) -> {
                expression(value);
                charge(1, Optional.empty());
            }
            case Stmt.ChannelRead _ -> charge(1, Optional.empty());
            case Stmt.For loop -> loop(loop);
            case Stmt.If(List<Stmt.Condition> conditions, List<Stmt> body) -> {
                charge(conditions.size(), Optional.empty());
                block(body);
            }
            case Stmt.Let(_, KernelExpr value, List<Stmt> body) -> {
                expression(value);
                block(body);
            }
            case Stmt.Assign(var target, KernelExpr value) -> {
                expression(value);
                element(target);
            }
            case Stmt.Store(var _, Index offset, KernelExpr value, var guard) -> {
                expression(value);
                boolean scattered = lanes.isPresent() && !offset.isUnitStride(lanes.get());
                boolean inPart = !scattered && lanes.isPresent() && guard.isPresent() && !rates.lanesInTurn();
                charge(inPart ? PART_OF_A_VECTOR : access(1, scattered, 2), Optional.empty());
                charge(apart(offset), Optional.empty());
            }
        }
    }

    private void loop(Stmt.For loop) {
        enter(loop, Trips.of(loop));
        block(loop.body());
        boolean free = loop.kind() instanceof LoopKind.Vector || loop.kind() instanceof LoopKind.Unroll;
        if (!free && loop.axis().extent() > 1) {
            charge(rates.loop(), Optional.empty());
        }
        leave(loop);
    }

    private void enter(Stmt.For loop, double trips) {
        if (loop.kind() instanceof LoopKind.Vector) {
            lanes = loop.axis().extent() > 1 ? Optional.of(loop.axis()) : Optional.empty();
        } else {
            loops.push(new Loop(loop.axis(), trips, loop.kind() instanceof LoopKind.Unroll));
        }
    }

    private void leave(Stmt.For loop) {
        if (loop.kind() instanceof LoopKind.Vector) {
            lanes = Optional.empty();
        } else {
            loops.pop();
        }
    }

    /// Adds `amount` cycles for every iteration around, but for unrolled loops that `index` does not change with.
    private void charge(double amount, Optional<Index> index) {
        double times = 1;
        boolean innermost = true;
        for (Loop loop : loops) {
            innermost &= loop.unrolled();
            boolean hoisted =
                    innermost && index.map(own -> !own.dependsOn(loop.axis())).orElse(false);
            times *= hoisted ? 1 : loop.trips();
        }
        double wide = lanes.map(axis -> (double) axis.extent()).orElse(1.0);
        double spill = registers > freeRegisters ? rates.spill() : 1;
        cycles += amount * share * times * spill * (rates.lanesInTurn() ? wide : 1);
    }

    private void expression(KernelExpr expr) {
        if (expr instanceof KernelExpr.Within choice && isUnrolled(choice.index())) {
            decided(choice);
            return;
        }
        switch (expr) {
            case KernelExpr.Load(Buffer buffer, Index offset) -> load(buffer, offset);
            // Few processors multiply and add integers in one instruction, and 32-bit products take long.
            case KernelExpr.MultiplyAdd product -> charge(product.type().isFloating() ? 0.5 : 1.5, Optional.empty());
            case KernelExpr.Binary(BinaryFunction function, _, _) ->
                charge(
                        switch (function) {
                            case ADD, SUBTRACT, MULTIPLY -> 0.5;
                            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> 0.5;
                            case MAX, MIN -> 1;
                            case DIVIDE -> 8;
                            case REMAINDER -> 20;
                            case POWER -> 60;
                        },
                        Optional.empty());
            case KernelExpr.Unary(UnaryFunction function, _) ->
                charge(
                        switch (function) {
                            case NEGATE, ABS, FLOOR, CEIL, ROUND_EVEN, LEADING_POWER -> 1;
                            case NOT -> 0.5;
                            case SQRT -> 10;
                            case EXP, LOG, TANH, ERF -> 25;
                            case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH -> 40;
                        },
                        Optional.empty());
            case KernelExpr.Select _ -> charge(1.5, Optional.empty());
            case KernelExpr.Within(Index index, _, _, _, _) -> charge(3, Optional.of(index));
            case KernelExpr.Position(Index index, _) -> charge(access(1, differs(index), 2), Optional.of(index));
            case KernelExpr.Cast _ -> charge(1, Optional.empty());
            case KernelExpr.Element element -> element(element);
            case KernelExpr.Constant _ -> {}
        }
        expr.operands().forEach(this::expression);
    }

    private boolean isUnrolled(Index index) {
        return !index.dependsOn(axis -> loops.stream().noneMatch(loop -> loop.axis() == axis && loop.unrolled()));
    }

    /// Which of two values it is, is known where loops are written out.
    private void decided(KernelExpr.Within choice) {
        Range range = choice.index().range();
        long inside = Math.max(0, Math.min(range.hi(), choice.hi() - 1) - Math.max(range.lo(), choice.lo()) + 1);
        double before = share;
        share = before * inside / range.size();
        expression(choice.value());
        share = before - share;
        expression(choice.otherwise());
        share = before;
    }

    /// Registers cost nothing.
    private void element(KernelExpr.Element element) {
        if (inMemory.contains(element.array())) {
            charge(rates.load(), Optional.of(element.offset()));
        }
    }

    private boolean differs(Index index) {
        return lanes.isPresent() && index.dependsOn(lanes.get());
    }

    private void load(Buffer buffer, Index offset) {
        boolean apart = differs(offset) && !offset.isUnitStride(lanes.orElseThrow());
        boolean everyOther = apart && !rates.lanesInTurn() && offset.isStride(lanes.orElseThrow(), 2);
        double divisions = offset.terms().keySet().stream()
                .filter(atom -> !(atom instanceof Index.Variable))
                .count();
        double one = rates.load() + 0.5 * divisions + apart(offset);
        // Two vectors, and one instruction that takes every other element of both.
        double all = everyOther ? 2 * one + 1 : access(one, apart, 1.5);
        charge(all + rates.row() * Math.log(rows(buffer, offset)) / Math.log(2), Optional.of(offset));
    }

    /// From how many rows of a tensor vectors are loaded side by side. Processors foresee what is read next of a few.
    private double rows(Buffer buffer, Index offset) {
        double rows = 1;
        if (lanes.isEmpty() || !offset.dependsOn(lanes.get())) {
            return rows;
        }
        for (Loop loop : loops) {
            if (!loop.unrolled()) {
                break;
            }
            long apart =
                    Math.abs(offset.coefficient(loop.axis())) * buffer.element().bytes();
            rows *= apart >= ROW_BYTES ? loop.trips() : 1;
        }
        return rows;
    }

    /// What the lanes of a vector pay for their access to memory.
    ///
    /// @param one what an access costs
    /// @param apart true if they have one each
    /// @param more how much longer each of them takes then, where all lanes work at once
    private double access(double one, boolean apart, double more) {
        double count = lanes.map(axis -> (double) axis.extent()).orElse(1.0);
        if (rates.lanesInTurn()) {
            return apart ? one : one / count;
        }
        return apart ? one * count * more : one;
    }

    /// What it costs more that neighbouring work-items access elements that are no neighbours.
    private double apart(Index offset) {
        if (neighbour.isEmpty()) {
            return 0;
        }
        Axis id = neighbour.get();
        long stride = offset.evaluate(axis -> axis == id ? 1 : 0) - offset.evaluate(_ -> 0);
        boolean wide = lanes.isPresent() && stride == lanes.get().extent();
        return Math.abs(stride) <= 1 || wide ? 0 : rates.gather();
    }
}
