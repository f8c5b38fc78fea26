package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which part of a stage its readers demand, inside the loops that enclose its computation.
final class RegionInference {
    private RegionInference() {}

    /// The smallest box around all `calls`. What depends on `outer` variables only is where the box starts; what the
    /// other variables add is how far it extends.
    static List<Nest.Region> around(Stage stage, List<List<Index>> calls, Set<Axis> outer) {
        List<Nest.Region> region = new ArrayList<>();
        for (int axis = 0; axis < stage.axes().size(); axis++) {
            Index base = null;
            Range reach = null;
            for (List<Index> call : calls) {
                Index fixed = fixedPart(call.get(axis), outer);
                Range range = call.get(axis).minus(fixed).range();
                if (base != null && !base.equals(fixed)) {
                    throw Schedule.illegal(
                            stage,
                            "is read at " + base + " and at " + fixed + " along "
                                    + stage.axes().get(axis) + ", which is no box");
                }
                base = fixed;
                reach = reach == null ? range : reach.union(range);
            }
            if (base == null || reach == null) {
                throw Schedule.illegal(stage, "is not read by anything in its kernel");
            }
            region.add(new Nest.Region(base.plus(reach.lo()), reach.size()));
        }
        return region;
    }

    private static Index fixedPart(Index index, Set<Axis> outer) {
        Map<Index.Atom, Long> fixed = new LinkedHashMap<>();
        index.terms().forEach((atom, factor) -> {
            boolean moves = Index.of(atom).dependsOn(axis -> !outer.contains(axis));
            if (!moves) {
                fixed.put(atom, factor);
            }
        });
        return new Index(fixed, 0);
    }
}
