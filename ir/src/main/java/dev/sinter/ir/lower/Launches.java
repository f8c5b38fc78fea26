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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Gives the parallel loops of a kernel's root to the dimensions of a launch. Loops that share a dimension share its
/// id, the innermost of them running fastest.
final class Launches {
    private final List<Nest.Counter> parallel;
    private final Map<Axis, Index> positions = new IdentityHashMap<>();

    Launches(Nest root) {
        this.parallel = root.counters().stream()
                .takeWhile(counter -> counter.loop().kind().isParallel())
                .toList();
    }

    /// How many loops the launch takes the place of.
    int depth() {
        return parallel.size();
    }

    Kernel kernel(String name, String label, List<Kernel.Argument> arguments, List<Stmt> body) {
        if (parallel.isEmpty()) {
            return new Kernel(name, label, arguments, new Launch.SingleTask(), body);
        }
        List<Launch.Dimension> dimensions = new ArrayList<>();
        for (int dimension = 0; dimension <= last(); dimension++) {
            dimensions.add(new Launch.Dimension(id(new LoopKind.Global(dimension)), id(new LoopKind.Local(dimension))));
        }
        List<Stmt> placed = positions.isEmpty()
                ? body
                : Rewriting.mapIndices(
                        body, index -> index.substitute(axis -> positions.getOrDefault(axis, Index.of(axis))));
        return new Kernel(name, label, arguments, new Launch.NdRange(dimensions), placed);
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
        List<Axis> axes = parallel.stream()
                .filter(counter -> counter.loop().kind().equals(kind))
                .map(Nest.Counter::axis)
                .toList();
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
