package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Stmt;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The way from an iteration of a kernel to the next.
sealed interface Transition {
    /// Where a loop is not at its end it goes one further, and those inside of it begin anew.
    ///
    /// @param last 1 in the loop's last iteration
    record Step(Stmt.For loop, Signal last, Begin inside, Transition otherwise) implements Transition {}

    /// Loops begin, and with them a phase.
    ///
    /// @param starts where each of them begins
    record Begin(Phase to, Map<Stmt.For, Signal> starts) implements Transition {}

    /// From an iteration of `phase` on.
    static Transition from(Phase phase, Datapath datapath) {
        return new Maker(datapath).after(phase, phase.loops().size() - 1);
    }

    /// All signals that it depends on.
    default void forEach(Consumer<Signal> action) {
        switch (this) {
            case Step(_, Signal last, Begin inside, Transition otherwise) -> {
                action.accept(last);
                inside.forEach(action);
                otherwise.forEach(action);
            }
            case Begin(_, Map<Stmt.For, Signal> starts) -> starts.values().forEach(action);
        }
    }

    /// Makes transitions.
    record Maker(Datapath datapath) {
        /// Where all loops from `depth` + 1 on have ended.
        private Transition after(Phase phase, int depth) {
            Phases phases = datapath.phases();
            if (depth < 0) {
                return begin(phases.all().getFirst(), 0, List.of());
            }
            Stmt.For loop = phase.loops().get(depth);
            List<Stmt.For> siblings = depth == 0
                    ? phases.outermost()
                    : phases.children(phase.loops().get(depth - 1));
            int next = siblings.indexOf(loop) + 1;
            Transition ended = next < siblings.size()
                    ? begin(phases.first(siblings.get(next)), depth, List.of())
                    : after(phase, depth - 1);
            Signal last = datapath.isLast(loop);
            return last.isConstant()
                    ? ended
                    : new Step(loop, last, begin(phases.first(loop), depth + 1, List.of(loop)), ended);
        }

        /// @param depth that of the outermost loop that begins
        /// @param stepping the loop around them that goes one further at the same time, if there is one
        private Begin begin(Phase to, int depth, List<Stmt.For> stepping) {
            Map<Axis, Index> at = new IdentityHashMap<>();
            stepping.forEach(loop -> at.put(loop.axis(), Index.of(loop.axis()).plus(1)));
            Map<Stmt.For, Signal> starts = new LinkedHashMap<>();
            for (Stmt.For loop : to.loops().subList(depth, to.loops().size())) {
                Index start = loop.from().substitute(axis -> at.getOrDefault(axis, Index.of(axis)));
                at.put(loop.axis(), start);
                starts.put(loop, datapath.signals().index(start));
            }
            return new Begin(to, starts);
        }
    }
}
