package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Nest;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Where work-items wait for each other around the filling of local memory, as seldom as can be: before it is
/// overwritten, and before it is read.
final class Barriers {
    private final Demand demand;
    private final Set<Stage> filled = Collections.newSetFromMap(new IdentityHashMap<>());
    private final boolean alone;
    private boolean overwrites = true;

    Barriers(Demand demand) {
        this.demand = demand;
        Nest root = demand.nests().getFirst();
        this.alone = IntStream.range(0, LoopKind.DIMENSIONS).allMatch(dimension -> root.workItems(dimension) == 1);
    }

    /// Adds what must stand before a stage is computed that follows those of the calls before.
    void before(Nest nest, List<Stmt> statements) {
        if (alone) {
            // A work-item by itself has nobody to wait for.
            return;
        }
        boolean first = nest.isShared() && nest.isRepeated() && overwrites;
        if (first || reads(nest)) {
            statements.add(new Stmt.Barrier());
            filled.clear();
        }
        if (nest.isShared()) {
            overwrites = false;
            filled.add(nest.stage());
        }
    }

    /// Adds what must stand before what follows reads all that was computed.
    void after(List<Stmt> statements) {
        if (!filled.isEmpty()) {
            statements.add(new Stmt.Barrier());
        }
    }

    /// True if `nest`, or anything that is computed inside of it, reads what was just filled.
    private boolean reads(Nest nest) {
        boolean[] found = {false};
        demand.formulas(nest)
                .all()
                .forEach(expr -> Group.visit(expr, part -> {
                    if (part instanceof Expr.Call(Stage callee, _)) {
                        found[0] |= filled.contains(callee);
                    }
                }));
        return found[0] || demand.inside(nest).stream().anyMatch(this::reads);
    }
}
