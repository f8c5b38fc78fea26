package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.Nest;
import java.util.ArrayList;
import java.util.List;

/// What keeps loops that reach beyond a reduction from adding points that it does not have.
///
/// @param conditions on loops around the update
/// @param facts what is known there
record ReductionGuards(List<Stmt.Condition> conditions, Facts facts) {
    /// @param known what is known without the conditions
    static ReductionGuards of(Nest nest, Facts known) {
        List<Stmt.Condition> conditions = new ArrayList<>();
        Facts facts = known;
        for (Axis axis : nest.stage().reduction()) {
            Index index = nest.position(axis);
            if (!facts.rangeOf(index).isWithin(0, axis.extent())) {
                conditions.add(new Stmt.Condition(index, 0, axis.extent()));
                facts = facts.and(index, 0, axis.extent());
            }
        }
        return new ReductionGuards(conditions, facts);
    }
}
