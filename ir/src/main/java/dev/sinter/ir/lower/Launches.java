package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.kernel.Rewriting;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Nest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Gives the parallel loops of a kernel's root to the dimensions of a launch. Loops that share a dimension share its
/// id, the innermost of them running fastest.
final class Launches {
    private final List<Nest.Counter> parallel;
    private final Map<Axis, Index> positions = new IdentityHashMap<>();
    private final Map<LoopKind, Axis> ids = new HashMap<>();

    /// @param nests of a kernel, the root's first
    Launches(List<Nest> nests) {
        this.parallel = nests.getFirst().counters().stream()
                .takeWhile(counter -> counter.loop().kind().isParallel())
                .toList();
        nests.stream().skip(1).forEach(this::place);
    }

    /// The condition under which a work-item has a share in what the work-items of a group compute together; none where
    /// all have.
    List<Stmt.Condition> share(Nest nest) {
        List<Stmt.Condition> conditions = new ArrayList<>();
        for (int dimension = 0; dimension < LoopKind.DIMENSIONS; dimension++) {
            Axis item = items(dimension);
            long own = nest.workItems(dimension);
            if (own < item.extent()) {
                conditions.add(new Stmt.Condition(Index.of(item), 0, own));
            }
        }
        return conditions;
    }

    private Axis items(int dimension) {
        return ids.computeIfAbsent(new LoopKind.Local(dimension), this::id);
    }

    /// Counters of a stage that work-items compute together follow from their ids.
    private void place(Nest nest) {
        for (int dimension = 0; dimension < LoopKind.DIMENSIONS; dimension++) {
            LoopKind kind = new LoopKind.Local(dimension);
            List<Axis> axes = axes(nest.counters(), kind);
            Index rest = Index.of(items(dimension));
            for (int place = axes.size() - 1; place > 0; place--) {
                Axis axis = axes.get(place);
                positions.put(axis, rest.modulo(axis.extent()));
                rest = rest.dividedBy(axis.extent());
            }
            if (!axes.isEmpty()) {
                positions.put(axes.getFirst(), rest);
            }
        }
    }

    private static List<Axis> axes(List<Nest.Counter> counters, LoopKind kind) {
        return counters.stream()
                .filter(counter -> counter.loop().kind().equals(kind))
                .map(Nest.Counter::axis)
                .toList();
    }

    Kernel kernel(String name, String label, List<Kernel.Argument> arguments, List<Stmt> body) {
        if (parallel.isEmpty()) {
            return new Kernel(name, label, arguments, new Launch.SingleTask(), body);
        }
        List<Launch.Dimension> dimensions = new ArrayList<>();
        for (int dimension = 0; dimension <= last(); dimension++) {
            Axis group = ids.computeIfAbsent(new LoopKind.Global(dimension), this::id);
            dimensions.add(new Launch.Dimension(group, items(dimension)));
        }
        List<Stmt> placed =
                positions.isEmpty() ? body : Rewriting.mapIndices(body, index -> index.substitute(this::placed));
        return new Kernel(name, label, arguments, new Launch.NdRange(dimensions), placed);
    }

    private Index placed(Axis axis) {
        Index position = positions.get(axis);
        return position == null ? Index.of(axis) : position.substitute(this::placed);
    }

    private int last() {
        return parallel.stream()
                .mapToInt(counter -> switch (counter.loop().kind()) {
                    case LoopKind.Global(int dimension) -> dimension;
                    case LoopKind.Local(int dimension) -> dimension;
                    case LoopKind.Serial _, LoopKind.Unroll _, LoopKind.Vector _, LoopKind.Pipeline _ -> 0;
                })
                .max()
                .orElse(0);
    }

    /// The id that counts the loops of one kind and dimension.
    private Axis id(LoopKind kind) {
        List<Axis> axes = axes(parallel, kind);
        if (axes.isEmpty()) {
            return new Axis("one", 1);
        }
        if (axes.size() == 1) {
            return axes.getFirst();
        }
        StringBuilder joined = new StringBuilder();
        axes.forEach(axis -> joined.append(axis.name()));
        Axis id = new Axis(joined.toString(), axes.stream().map(Axis::extent).reduce(1L, Math::multiplyExact));
        Index rest = Index.of(id);
        for (Axis axis : axes.reversed()) {
            positions.put(axis, rest.modulo(axis.extent()));
            rest = rest.dividedBy(axis.extent());
        }
        return id;
    }
}
