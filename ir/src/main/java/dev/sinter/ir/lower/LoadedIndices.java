package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The counters that stand, in the statements of one place, for indices that are loaded from memory. Each is set once,
/// ahead of all of them.
final class LoadedIndices {
    private final Map<Index.Loaded, Counter> counters = new LinkedHashMap<>();

    private record Counter(Axis axis, KernelExpr value) {}

    Optional<Axis> counter(Index.Loaded loaded) {
        return Optional.ofNullable(counters.get(loaded)).map(Counter::axis);
    }

    /// @param value the number, which reads counters that were added before only
    Axis add(Index.Loaded loaded, KernelExpr value) {
        Axis axis = new Axis("at", loaded.extent());
        counters.put(loaded, new Counter(axis, value));
        return axis;
    }

    List<Stmt> around(List<Stmt> statements) {
        List<Stmt> inside = statements;
        for (Counter counter : List.copyOf(counters.values()).reversed()) {
            inside = List.of(new Stmt.Let(counter.axis(), counter.value(), inside));
        }
        return inside;
    }
}
