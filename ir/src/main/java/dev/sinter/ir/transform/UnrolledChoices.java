package dev.sinter.ir.transform;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Writes those unrolled loops out that choose between formulas by their counters alone, as the transforms of
/// Winograd's algorithm do: one short statement for each row of a matrix, in place of all rows in each iteration, of
/// which the compiler of the printed code would have to find the right one.
public final class UnrolledChoices {
    private final Set<Axis> deciding = Collections.newSetFromMap(new IdentityHashMap<>());

    private UnrolledChoices() {}

    public static Kernel apply(Kernel kernel) {
        UnrolledChoices choices = new UnrolledChoices();
        choices.find(kernel.body(), List.of());
        return choices.deciding.isEmpty()
                ? kernel
                : UnrollExpansion.apply(kernel, loop -> choices.deciding.contains(loop.axis()));
    }

    private void find(List<Stmt> statements, List<Axis> unrolled) {
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.For loop -> {
                    List<Axis> around = new ArrayList<>(unrolled);
                    if (loop.kind() instanceof LoopKind.Unroll) {
                        around.add(loop.axis());
                    }
                    find(loop.body(), around);
                }
                case Stmt.If(_, List<Stmt> body) -> find(body, unrolled);
                case Stmt.Let(_, KernelExpr value, List<Stmt> body) -> {
                    find(value, unrolled);
                    find(body, unrolled);
                }
                case Stmt.Assign(_, KernelExpr value) -> find(value, unrolled);
                case Stmt.Store(_, _, KernelExpr value, _) -> find(value, unrolled);
                case Stmt.Allocate _, Stmt.Barrier _, Stmt.ChannelRead _, Stmt.ChannelWrite _ -> {}
            }
        }
    }

    private void find(KernelExpr value, List<Axis> unrolled) {
        value.forEach(part -> {
            if (part instanceof KernelExpr.Within choice
                    && !choice.index().dependsOn(axis -> !unrolled.contains(axis))) {
                unrolled.stream().filter(choice.index()::dependsOn).forEach(deciding::add);
            }
        });
    }
}
