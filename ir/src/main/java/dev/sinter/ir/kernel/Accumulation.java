package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.RegisterArray;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Inlining;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The loops of a reduction: every accumulator takes its update, and loops are cut short where padding has no effect.
final class Accumulation {
    private final Nest nest;
    private final AccessLowering access;
    private final List<KernelExpr.Register> states;
    private final Optional<Axis> lanes;
    private final BiFunction<Nest.Variable, List<Stmt>, Stmt> loop;
    private final BiFunction<String, ElementType, RegisterArray> newRegister;

    /// @param newRegister makes a register with a name of its own, of as many lanes as the states have
    Accumulation(
            Nest nest,
            AccessLowering access,
            List<KernelExpr.Register> states,
            Optional<Axis> lanes,
            BiFunction<Nest.Variable, List<Stmt>, Stmt> loop,
            BiFunction<String, ElementType, RegisterArray> newRegister) {
        this.nest = nest;
        this.access = access;
        this.states = states;
        this.lanes = lanes;
        this.loop = loop;
        this.newRegister = newRegister;
    }

    /// @param inner the loops from the first reduction loop on
    List<Stmt> statements(List<Nest.Variable> inner, Function<List<Expr>, Inlining.Result> resolve) {
        Inlining.Result resolved = resolve.apply(nest.stage().accumulators().stream()
                .map(Stage.Accumulator::update)
                .toList());
        List<Expr> updates = resolved.formulas();
        Map<Axis, Expr.Within> bounds = boundsFor(inner, updates);
        Facts facts = Facts.NONE;
        for (Expr.Within padding : bounds.values()) {
            facts = facts.and(padding.index(), padding.lo(), padding.hi());
        }
        List<Stmt> body = updates(resolved, facts);
        for (Nest.Variable variable : inner.reversed()) {
            Stmt whole = loop.apply(variable, body);
            Expr.Within padding = bounds.get(variable.axis());
            body = List.of(padding == null ? whole : bounded((Stmt.For) whole, padding));
        }
        return body;
    }

    /// Every update sees the states as they were before it: what one has replaced and a later one reads is kept.
    private List<Stmt> updates(Inlining.Result resolved, Facts facts) {
        List<Expr> updates = resolved.formulas();
        AccessLowering.Bound bound = access.bind(
                resolved.bindings(), new AccessLowering.Place(nest.stage(), facts, lanes, states), newRegister);
        List<Stmt> body = new ArrayList<>(bound.statements());
        List<KernelExpr.Register> before = new ArrayList<>(states);
        for (int slot = 0; slot < states.size(); slot++) {
            int replaced = slot;
            if (updates.subList(slot + 1, updates.size()).stream().anyMatch(update -> reads(update, replaced))) {
                RegisterArray kept =
                        newRegister.apply("before", states.get(slot).type());
                before.set(slot, new KernelExpr.Register(kept, List.of()));
                body.add(new Stmt.Declare(kept));
                body.add(new Stmt.Assign(before.get(slot), states.get(slot)));
            }
        }
        for (int slot = 0; slot < states.size(); slot++) {
            AccessLowering.Place place = new AccessLowering.Place(
                    nest.stage(), facts, lanes, before, bound.place().bound());
            body.add(new Stmt.Assign(states.get(slot), access.lower(updates.get(slot), place)));
        }
        return body;
    }

    private static boolean reads(Expr update, int slot) {
        boolean[] found = new boolean[1];
        Group.visit(update, part -> found[0] |= part instanceof Expr.State state && state.slot() == slot);
        return found[0];
    }

    /// For each reduction loop a padding whose points it can leave out: one that depends on no other loop inside the
    /// reduction, has no effect on any accumulator, and no halo makes harmless.
    private Map<Axis, Expr.Within> boundsFor(List<Nest.Variable> inner, List<Expr> updates) {
        Map<Axis, Expr.Within> bounds = new HashMap<>();
        Set<Expr.Within> paddings = new LinkedHashSet<>();
        updates.forEach(update -> Group.visit(update, part -> {
            if (part instanceof Expr.Within padding) {
                paddings.add(padding);
            }
        }));
        AccessLowering.Place place = new AccessLowering.Place(nest.stage(), Facts.NONE, lanes, states);
        for (Expr.Within padding : paddings) {
            List<Nest.Variable> moving = inner.stream()
                    .filter(variable -> padding.index().dependsOn(variable.axis()))
                    .toList();
            if (moving.size() != 1 || padding.index().range().isWithin(padding.lo(), padding.hi())) {
                continue;
            }
            Nest.Variable variable = moving.getFirst();
            boolean plain = variable.reduces()
                    && variable.loop().kind() instanceof LoopKind.Serial
                    && padding.index().coefficient(variable.axis()) > 0
                    && !padding.index()
                            .minus(Index.of(variable.axis())
                                    .times(padding.index().coefficient(variable.axis())))
                            .dependsOn(variable.axis());
            boolean skippable = updates.stream().allMatch(update -> Padding.isSkippable(update, padding));
            if (plain && skippable && !access.isHalo(padding, place)) {
                bounds.putIfAbsent(variable.axis(), padding);
            }
        }
        return bounds;
    }

    private static Stmt bounded(Stmt.For whole, Expr.Within padding) {
        Axis axis = whole.axis();
        long factor = padding.index().coefficient(axis);
        Index rest = padding.index().minus(Index.of(axis).times(factor));
        Index from = firstAtLeast(padding.lo(), rest, factor).clamped(0, axis.extent());
        Index until = firstAtLeast(padding.hi(), rest, factor).clamped(0, axis.extent());
        return new Stmt.For(axis, from, until, whole.kind(), whole.body());
    }

    /// The smallest k with factor · k + rest ≥ limit.
    private static Index firstAtLeast(long limit, Index rest, long factor) {
        return Index.of(limit).minus(rest).plus(factor - 1).dividedBy(factor);
    }
}
