package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.kernel.Stmt;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntBiFunction;

/// Counts the cycles of one frame, by going through all loops but the innermost ones.
final class FrameLength {
    private final Phases phases;
    private final ToIntBiFunction<Phase, Phase> pause;
    private final Map<Axis, Long> at = new IdentityHashMap<>();

    FrameLength(Phases phases, ToIntBiFunction<Phase, Phase> pause) {
        this.phases = phases;
        this.pause = pause;
    }

    long cycles() {
        List<Stmt.For> loops = phases.outermost();
        if (loops.isEmpty()) {
            return 1;
        }
        long cycles = 0;
        for (int i = 0; i < loops.size(); i++) {
            cycles += cycles(loops.get(i)) + between(loops, i, i + 1 == loops.size());
        }
        return cycles;
    }

    private long cycles(Stmt.For loop) {
        long from = loop.from().evaluate(axis -> at.getOrDefault(axis, 0L));
        long until = loop.until().evaluate(axis -> at.getOrDefault(axis, 0L));
        List<Stmt.For> inner = phases.children(loop);
        if (inner.isEmpty()) {
            return until - from;
        }
        boolean alike = inner.stream().noneMatch(each -> depends(each, loop.axis()));
        long cycles = 0;
        for (long i = from; i < until; i++) {
            at.put(loop.axis(), i);
            boolean last = i == until - 1;
            long own = 0;
            for (int place = 0; place < inner.size(); place++) {
                own += cycles(inner.get(place));
                boolean ends = place + 1 == inner.size();
                own += ends && last ? 0 : between(inner, place, ends);
            }
            if (alike && !last) {
                cycles += own * (until - 1 - from);
                i = until - 2;
            } else {
                cycles += own;
            }
        }
        return cycles;
    }

    private boolean depends(Stmt.For loop, Axis axis) {
        return loop.from().dependsOn(axis)
                || loop.until().dependsOn(axis)
                || phases.children(loop).stream().anyMatch(inner -> depends(inner, axis));
    }

    /// The pause from one loop to the next, or to the first of them again.
    private long between(List<Stmt.For> loops, int place, boolean again) {
        Phase before = last(loops.get(place));
        Phase next = phases.first(loops.get(again ? 0 : place + 1));
        return before == next ? 0 : pause.applyAsInt(before, next);
    }

    private Phase last(Stmt.For loop) {
        List<Stmt.For> inner = phases.children(loop);
        return inner.isEmpty() ? phases.first(loop) : last(inner.getLast());
    }
}
