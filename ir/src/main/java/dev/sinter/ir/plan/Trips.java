package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Stmt;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// How many iterations a loop has.
final class Trips {
    /// Of the loops around, that are looked at one by one.
    private static final long MOST_CASES = 4096;

    private final Index count;
    private final List<Axis> axes = new ArrayList<>();
    private final Map<Axis, Long> values = new IdentityHashMap<>();

    private Trips(Index count) {
        this.count = count;
        count.dependsOn(axis -> {
            if (!axes.contains(axis)) {
                axes.add(axis);
            }
            return false;
        });
    }

    /// On average over all iterations of the loops around.
    static double of(Stmt.For loop) {
        Index count = loop.until().minus(loop.from());
        return count.isConstant() ? Math.max(0, count.constant()) : new Trips(count).mean();
    }

    private double mean() {
        double cases = axes.stream().mapToDouble(Axis::extent).reduce(1, (a, b) -> a * b);
        if (cases > MOST_CASES) {
            return Math.max(0, count.range().lo() / 2.0 + count.range().hi() / 2.0);
        }
        return sum(0) / cases;
    }

    private double sum(int next) {
        if (next == axes.size()) {
            return Math.max(0, count.evaluate(axis -> values.getOrDefault(axis, 0L)));
        }
        double sum = 0;
        for (long value = 0; value < axes.get(next).extent(); value++) {
            values.put(axes.get(next), value);
            sum += sum(next + 1);
        }
        return sum;
    }
}
