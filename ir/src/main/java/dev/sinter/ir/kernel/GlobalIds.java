package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.schedule.LoopKind;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Gives the outermost parallel loops of a kernel to the dimensions of an ND-range: the innermost loop becomes
/// dimension 0, and all from the third on share dimension 2.
final class GlobalIds {
    private final List<Nest.Variable> global;
    private final List<Long> workGroup;

    GlobalIds(Nest root, List<Long> workGroup) {
        this.global = root.variables().stream()
                .takeWhile(variable -> variable.loop().kind() instanceof LoopKind.Global)
                .toList();
        this.workGroup = workGroup;
    }

    Kernel finish(String name, String label, List<Kernel.Argument> arguments, List<Stmt> body) {
        if (global.isEmpty()) {
            return new Kernel(name, label, arguments, new Launch.SingleTask(), body);
        }
        List<Stmt> inner = body;
        for (int depth = 0; depth < global.size(); depth++) {
            // Register stages are never computed outside the global loops: those would be other work-items.
            inner = ((Stmt.For) inner.getLast()).body();
        }
        List<Axis> axes = global.stream().map(Nest.Variable::axis).toList().reversed();
        List<Axis> ids = new ArrayList<>();
        Map<Axis, Index> positions = new IdentityHashMap<>();
        for (Axis axis : axes.subList(0, Math.min(2, axes.size()))) {
            ids.add(axis);
        }
        if (axes.size() == 3) {
            ids.add(axes.get(2));
        } else if (axes.size() > 3) {
            List<Axis> shared = axes.subList(2, axes.size());
            long extent = shared.stream().map(Axis::extent).reduce(1L, (a, b) -> a * b);
            StringBuilder joined = new StringBuilder();
            shared.reversed().forEach(axis -> joined.append(axis.name()));
            Axis id = new Axis(joined.toString(), extent);
            Index rest = Index.of(id);
            for (Axis axis : shared) {
                positions.put(axis, rest.modulo(axis.extent()));
                rest = rest.dividedBy(axis.extent());
            }
            ids.add(id);
        }
        List<Stmt> placed = positions.isEmpty()
                ? inner
                : Rewriting.mapIndices(
                        inner, index -> index.substitute(axis -> positions.getOrDefault(axis, Index.of(axis))));
        List<Long> local = workGroup.isEmpty() ? List.of() : workGroup.subList(0, ids.size());
        return new Kernel(name, label, arguments, new Launch.NdRange(ids, local), placed);
    }
}
