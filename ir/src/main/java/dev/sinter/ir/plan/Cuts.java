package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The ways to divide a group between kernels.
final class Cuts {
    private static final int MOST_PLACES = 3;

    private Cuts() {}

    /// Sets of stages that live in memory, the root in each: a stage may do so where one that reduces reads it, which
    /// is where keeping it in registers can mean computing it more than once. The fewest kernels come first.
    static List<Set<Stage>> of(Group group) {
        Set<Stage> places = new LinkedHashSet<>();
        for (Stage stage : group.stages()) {
            if (stage.reduces()) {
                places.addAll(Group.callees(stage));
            } else {
                Group.callees(stage).stream()
                        .filter(callee -> callee.reduces()
                                && callee.axes().size() != stage.axes().size())
                        .forEach(places::add);
            }
        }
        List<Stage> chosen = new ArrayList<>(places).subList(0, Math.min(MOST_PLACES, places.size()));
        List<Set<Stage>> cuts = new ArrayList<>();
        for (int bits = 0; bits < 1 << chosen.size(); bits++) {
            Set<Stage> cut = Collections.newSetFromMap(new IdentityHashMap<>());
            cut.add(group.root());
            for (int place = 0; place < chosen.size(); place++) {
                if ((bits >> place & 1) != 0) {
                    cut.add(chosen.get(place));
                }
            }
            cuts.add(cut);
        }
        cuts.sort((a, b) -> Integer.compare(a.size(), b.size()));
        return cuts;
    }

    /// The sources-level view of one kernel: whether `stage` is read by a contraction, whose lanes share what they
    /// read.
    static boolean isContraction(Stage stage) {
        return stage.reduces()
                && stage.accumulators().stream()
                        .anyMatch(accumulator -> accumulator.update() instanceof Expr.MultiplyAdd);
    }
}
