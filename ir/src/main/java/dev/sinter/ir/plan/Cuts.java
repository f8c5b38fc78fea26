package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The ways to divide a group between kernels.
final class Cuts {
    private static final int MOST_PLACES = 3;

    private Cuts() {}

    /// Sets of stages that have kernels of their own, the root in each. A stage may have one where one that reduces
    /// reads it, which is where keeping it in registers can mean computing it more than once, and so may a result
    /// besides the root's. The fewest kernels come first.
    static List<Set<Stage>> of(Group group) {
        List<Stage> places = places(group);
        Set<Stage> always = new LinkedHashSet<>(group.outputs());
        places.forEach(always::remove);
        Set<Set<Stage>> cuts = new HashSet<>();
        for (int bits = 0; bits < 1 << places.size(); bits++) {
            Set<Stage> cut = new LinkedHashSet<>(always);
            for (int place = 0; place < places.size(); place++) {
                if ((bits >> place & 1) != 0) {
                    cut.add(places.get(place));
                }
            }
            cuts.add(closed(cut, group));
        }
        List<Set<Stage>> ordered = new ArrayList<>(cuts);
        ordered.sort(Comparator.<Set<Stage>>comparingInt(Set::size)
                .thenComparing(cut -> positions(cut, group), Cuts::compare));
        return ordered;
    }

    /// The root and all stages that reduce: no kernel then has anything in registers, and none is illegal.
    static Set<Stage> safest(Group group) {
        Set<Stage> cut = new LinkedHashSet<>(group.outputs());
        group.stages().stream().filter(Stage::reduces).forEach(cut::add);
        return cut;
    }

    private static List<Stage> places(Group group) {
        Set<Stage> places = new LinkedHashSet<>(group.others().keySet());
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
        return new ArrayList<>(places).subList(0, Math.min(MOST_PLACES, places.size()));
    }

    /// The cut with every stage added that reduces and that several of its kernels would compute in registers: a stage
    /// has one plan, in one kernel.
    private static Set<Stage> closed(Set<Stage> cut, Group group) {
        Set<Stage> closed = new LinkedHashSet<>(cut);
        Map<Stage, Set<Stage>> kernels = new IdentityHashMap<>();
        for (Stage stage : group.stages().reversed()) {
            Set<Stage> unread = group.outputs().contains(stage) ? Set.of(group.root()) : Set.of();
            Set<Stage> computing = kernels.getOrDefault(stage, unread);
            if (stage.reduces() && computing.size() > 1) {
                closed.add(stage);
            }
            Set<Stage> own = closed.contains(stage) ? Set.of(stage) : computing;
            for (Stage callee : Group.callees(stage)) {
                kernels.computeIfAbsent(callee, _ -> Collections.newSetFromMap(new IdentityHashMap<>()))
                        .addAll(own);
            }
        }
        return closed;
    }

    private static List<Integer> positions(Set<Stage> cut, Group group) {
        return cut.stream().map(group.stages()::indexOf).sorted().toList();
    }

    private static int compare(List<Integer> a, List<Integer> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            if (!a.get(i).equals(b.get(i))) {
                return Integer.compare(a.get(i), b.get(i));
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    /// The sources-level view of one kernel: whether `stage` is read by a contraction, whose lanes share what they
    /// read.
    static boolean isContraction(Stage stage) {
        return stage.reduces()
                && stage.accumulators().stream()
                        .anyMatch(accumulator -> accumulator.update() instanceof Expr.MultiplyAdd);
    }
}
