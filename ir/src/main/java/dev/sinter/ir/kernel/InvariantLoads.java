package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.RegisterArray;
import dev.sinter.ir.expr.UnaryFunction;
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
    private final Set<RegisterArray> changing = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Buffer> stored = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Expr, Hoisted> hoisted = new LinkedHashMap<>();

    private record Hoisted(Expr.Register register, Optional<Axis> lanes) {}

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
                case Stmt.Declare(RegisterArray array) -> changing.add(array);
                case Stmt.For inner -> {
                    if (!(inner.kind() instanceof LoopKind.Vector)) {
                        counters.add(inner.axis());
                    }
                    findChanges(inner.body());
                }
                case Stmt.If(_, List<Stmt> body) -> findChanges(body);
                case Stmt.Assign(Expr.Register target, _) -> changing.add(target.array());
                case Stmt.Store store -> stored.add(store.buffer());
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
                case Stmt.Assign(_, Expr value) -> findInvariants(value, lanes);
                case Stmt.Store store -> findInvariants(store.value(), lanes);
                // What these hold may never be evaluated.
                case Stmt.For _, Stmt.If _ -> {}
                case Stmt.Declare _ -> {}
            }
        }
    }

    private void findInvariants(Expr expr, Optional<Axis> lanes) {
        if (isInvariant(expr) && isWorthwhile(expr)) {
            hoisted.computeIfAbsent(expr, _ -> {
                int width = Widths.of(expr, lanes);
                RegisterArray array = names.register(nameOf(expr), expr.type(), width);
                return new Hoisted(new Expr.Register(array, List.of()), width > 1 ? lanes : Optional.empty());
            });
        } else if (!(expr instanceof Expr.Within)) {
            expr.operands().forEach(operand -> findInvariants(operand, lanes));
        }
    }

    static String nameOf(Expr expr) {
        return expr instanceof Expr.Load(Buffer buffer, _) ? buffer.name() + "_value" : "value";
    }

    private boolean isInvariant(Expr expr) {
        return switch (expr) {
            case Expr.Constant _ -> true;
            case Expr.Load(Buffer buffer, Index offset) ->
                !stored.contains(buffer) && !offset.dependsOn(counters::contains);
            case Expr.Register(RegisterArray array, List<Index> coordinates) ->
                !changing.contains(array)
                        && coordinates.stream().noneMatch(index -> index.dependsOn(counters::contains));
            case Expr.Position(Index index, _) -> !index.dependsOn(counters::contains);
            case Expr.Within within ->
                !within.index().dependsOn(counters::contains)
                        && within.operands().stream().allMatch(this::isInvariant);
            case Expr.Unary _, Expr.Binary _, Expr.MultiplyAdd _, Expr.Select _, Expr.Cast _ ->
                expr.operands().stream().allMatch(this::isInvariant);
            case Expr.Read _, Expr.Call _, Expr.State _, Expr.Bound _ -> false;
        };
    }

    /// Loads, and what takes many cycles; for less a register is too dear.
    private static boolean isWorthwhile(Expr expr) {
        boolean self = switch (expr) {
            case Expr.Load _ -> true;
            case Expr.Binary(BinaryFunction function, _, _) ->
                function == BinaryFunction.DIVIDE || function == BinaryFunction.POWER;
            case Expr.Unary(UnaryFunction function, _) ->
                switch (function) {
                    case EXP, LOG, SQRT, TANH, ERF -> true;
                    case NEGATE, ABS, FLOOR, CEIL, ROUND_EVEN -> false;
                };
            case Expr.Constant _,
                    Expr.MultiplyAdd _,
                    Expr.Select _,
                    Expr.Within _,
                    Expr.Cast _,
                    Expr.Position _,
                    Expr.Register _,
                    Expr.Read _,
                    Expr.Call _,
                    Expr.State _,
                    Expr.Bound _ -> false;
        };
        return self || expr.operands().stream().anyMatch(InvariantLoads::isWorthwhile);
    }

    /// The statements that fill the registers.
    List<Stmt> before() {
        List<Stmt> statements = new ArrayList<>();
        hoisted.values()
                .forEach(value ->
                        statements.add(new Stmt.Declare(value.register().array())));
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

    private Expr replaced(Expr expr) {
        Hoisted value = hoisted.get(expr);
        return value != null ? value.register() : expr.mapOperands(this::replaced);
    }
}
