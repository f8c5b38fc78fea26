package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Stmt;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Goes through the iterations of a kernel in the order in which its hardware starts them.
final class Iterations {
    private final Phases phases;
    private final Consumer<Phase> action;
    private final Map<Axis, Long> at = new IdentityHashMap<>();

    /// @param action what is done for each, by its phase
    Iterations(Phases phases, Consumer<Phase> action) {
        this.phases = phases;
        this.action = action;
    }

    /// Goes through all of a frame.
    void run() {
        run(phases.outermost(), phases.all().getFirst());
    }

    /// The value of an index in the iteration that is gone through.
    long evaluate(Index index) {
        return index.evaluate(this::counter);
    }

    /// The values of signals in the iteration that is gone through.
    Evaluation evaluation(Phase phase) {
        return new Evaluation(axis -> at.getOrDefault(axis, 0L), phase.number());
    }

    private long counter(Axis axis) {
        Long value = at.get(axis);
        if (value == null) {
            throw new Unsupported("where an element of a stream stands is computed");
        }
        return value;
    }

    private void run(List<Stmt.For> loops, Phase leaf) {
        if (loops.isEmpty()) {
            action.accept(leaf);
            return;
        }
        for (Stmt.For loop : loops) {
            long from = evaluate(loop.from());
            long until = evaluate(loop.until());
            if (from >= until) {
                throw new Unsupported("the loop over " + loop.axis() + " runs from " + from + " to " + (until - 1)
                        + " at one time, which is no iteration, and counters make at least one");
            }
            for (long i = from; i < until; i++) {
                at.put(loop.axis(), i);
                run(phases.children(loop), phases.first(loop));
            }
        }
    }
}
