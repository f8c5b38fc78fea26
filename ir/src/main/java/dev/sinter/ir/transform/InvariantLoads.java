package dev.sinter.ir.transform;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.kernel.Widths;
import dev.sinter.ir.schedule.LoopKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one loop evaluates in every iteration to the same value: loads, and expressions around them.
final class InvariantLoads {
    private final Stmt.For loop;
    private final Optional<Axis> around;
    private final FreshNames names;
    private final Set<Axis> counters = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<KernelArray> changing = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Buffer> stored = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<KernelExpr, Hoisted> hoisted = new LinkedHashMap<>();

    private record Hoisted(KernelExpr.Element register, Optional<Axis> lanes) {}

    /// @param around the lanes of the vector loop around the loop, if there is one
    InvariantLoads(Stmt.For loop, Optional<Axis> around, FreshNames names) {
        this.loop = loop;
        this.around = around;
        this.names = names;
        findChanges(List.of(loop));
        findInvariants(loop.body(), around);
    }

    private void findChanges(List<Stmt> statements) {
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.Allocate(KernelArray array) -> changing.add(array);
                case Stmt.For inner -> {
                    if (!(inner.kind() instanceof LoopKind.Vector)) {
                        counters.add(inner.axis());
                    }
                    findChanges(inner.body());
                }
                case Stmt.If(_, List<Stmt> body) -> findChanges(body);
                case Stmt.Let(Axis axis, _, List<Stmt> body) -> {
                    counters.add(axis);
                    findChanges(body);
                }
                case Stmt.Assign(KernelExpr.Element target, _) -> changing.add(target.array());
                case Stmt.ChannelRead(KernelExpr.Element target, _, _) -> changing.add(target.array());
                case Stmt.Store store -> stored.add(store.buffer());
                case Stmt.Barrier _, Stmt.ChannelWrite _ -> {}
            }
        }
    }

    private void findInvariants(List<Stmt> statements, Optional<Axis> lanes) {
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.For inner
                when inner.kind() instanceof LoopKind.Vector ->
                    findInvariants(
                            inner.body(), inner.axis().extent() > 1 ? Optional.of(inner.axis()) : Optional.empty());
                case Stmt.For inner when LoadHoisting.isNeverEmpty(inner) -> findInvariants(inner.body(), lanes);
                case Stmt.Let(_, KernelExpr value, List<Stmt> body) -> {
                    findInvariants(value, Optional.empty());
                    findInvariants(body, lanes);
                }
                case Stmt.Assign(_, KernelExpr value) -> findInvariants(value, lanes);
                case Stmt.Store store -> findInvariants(store.value(), lanes);
                // What these hold may never be evaluated.
                case Stmt.For _, Stmt.If _ -> {}
                case Stmt.Allocate _, Stmt.Barrier _, Stmt.ChannelWrite _, Stmt.ChannelRead _ -> {}
            }
        }
    }

    private void findInvariants(KernelExpr expr, Optional<Axis> lanes) {
        if (isInvariant(expr) && isWorthwhile(expr)) {
            hoisted.computeIfAbsent(expr, _ -> {
                int width = Widths.of(expr, lanes);
                KernelArray array = names.register(nameOf(expr), expr.type(), width);
                return new Hoisted(new KernelExpr.Element(array, List.of()), width > 1 ? lanes : Optional.empty());
            });
        } else if (!(expr instanceof KernelExpr.Within)) {
            expr.operands().forEach(operand -> findInvariants(operand, lanes));
        }
    }

    static String nameOf(KernelExpr expr) {
        return expr instanceof KernelExpr.Load(Buffer buffer, _) ? buffer.name() + "_value" : "value";
    }

    private boolean isInvariant(KernelExpr expr) {
        return switch (expr) {
            case KernelExpr.Constant _ -> true;
            case KernelExpr.Load(Buffer buffer, Index offset) ->
                !stored.contains(buffer) && !offset.dependsOn(counters::contains);
            case KernelExpr.Element(KernelArray array, List<Index> coordinates) ->
                !array.isShared()
                        && !changing.contains(array)
                        && coordinates.stream().noneMatch(index -> index.dependsOn(counters::contains));
            case KernelExpr.Position(Index index, _) -> !index.dependsOn(counters::contains);
            case KernelExpr.Within within ->
                !within.index().dependsOn(counters::contains)
                        && within.operands().stream().allMatch(this::isInvariant);
            case KernelExpr.Unary _,
                    KernelExpr.Binary _,
                    KernelExpr.MultiplyAdd _,
                    KernelExpr.Select _,
                    KernelExpr.Cast _ -> expr.operands().stream().allMatch(this::isInvariant);
        };
    }

    /// Loads, and what takes many cycles; for less a register is too dear.
    private static boolean isWorthwhile(KernelExpr expr) {
        boolean self = switch (expr) {
            case KernelExpr.Load _ -> true;
            case KernelExpr.Binary(BinaryFunction function, _, _) ->
                switch (function) {
                    case DIVIDE, POWER, REMAINDER -> true;
                    case ADD, SUBTRACT, MULTIPLY, MAX, MIN, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> false;
                };
            case KernelExpr.Unary(UnaryFunction function, _) ->
                switch (function) {
                    case EXP, LOG, SQRT, TANH, ERF -> true;
                    case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH -> true;
                    case NOT -> false;
                    case NEGATE, ABS, FLOOR, CEIL, ROUND_EVEN, LEADING_POWER -> false;
                };
            case KernelExpr.Constant _,
                    KernelExpr.MultiplyAdd _,
                    KernelExpr.Select _,
                    KernelExpr.Within _,
                    KernelExpr.Cast _,
                    KernelExpr.Position _,
                    KernelExpr.Element _ -> false;
        };
        return self || expr.operands().stream().anyMatch(InvariantLoads::isWorthwhile);
    }

    /// The statements that fill the registers.
    List<Stmt> before() {
        List<Stmt> statements = new ArrayList<>();
        hoisted.values()
                .forEach(value ->
                        statements.add(new Stmt.Allocate(value.register().array())));
        hoisted.forEach((expr, value) -> {
            Stmt assign = new Stmt.Assign(value.register(), expr);
            boolean wrapped = value.lanes().isPresent() && around.isEmpty();
            Stmt filled = wrapped ? Stmt.For.over(value.lanes().get(), LoopKind.VECTOR, List.of(assign)) : assign;
            UnrollExpansion.append(filled, statements);
        });
        return statements;
    }

    /// The loop with the registers in place of what they hold.
    Stmt.For loop() {
        return hoisted.isEmpty() ? loop : (Stmt.For) Values.map(loop, this::replaced);
    }

    private KernelExpr replaced(KernelExpr expr) {
        Hoisted value = hoisted.get(expr);
        return value != null ? value.register() : expr.mapOperands(this::replaced);
    }
}
