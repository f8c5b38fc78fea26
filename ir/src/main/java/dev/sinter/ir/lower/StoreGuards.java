package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.Nest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What keeps a tile that reaches beyond a tensor from being stored there.
///
/// @param conditions on loops around the store
/// @param lanes which lanes of a vector are stored, if not all
/// @param facts what the conditions tell of indices
record StoreGuards(List<Stmt.Condition> conditions, Optional<Stmt.Condition> lanes, Facts facts) {
    /// @param layout where the elements go: lanes beyond a blocked dimension's extent have memory there
    static StoreGuards of(Nest nest, Layout layout) {
        List<Stmt.Condition> conditions = new ArrayList<>();
        Optional<Stmt.Condition> lanes = Optional.empty();
        Facts facts = Facts.NONE;
        List<Axis> axes = nest.stage().axes();
        for (int axis = 0; axis < axes.size(); axis++) {
            Index index = nest.position(axes.get(axis));
            Stmt.Condition inside = new Stmt.Condition(index, 0, axes.get(axis).extent());
            if (inside.alwaysHolds()) {
                continue;
            }
            boolean acrossLanes =
                    nest.lanes().map(counter -> index.dependsOn(counter.axis())).orElse(false);
            if (acrossLanes && hasRoom(layout, axis, index)) {
                continue;
            }
            if (acrossLanes) {
                lanes = Optional.of(inside);
            } else {
                conditions.add(inside);
                facts = facts.and(index, 0, inside.hi());
            }
        }
        return new StoreGuards(conditions, lanes, facts);
    }

    private static boolean hasRoom(Layout layout, int axis, Index index) {
        return index.range().isWithin(0, layout.reach(axis).hi() + 1)
                && layout.parts().stream().anyMatch(part -> part.axis() == axis && part.wraps());
    }
}
