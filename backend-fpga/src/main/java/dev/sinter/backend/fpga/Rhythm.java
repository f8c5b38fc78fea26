package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.kernel.Stmt;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntBiFunction;

/// In which cycle of a frame a kernel reads or writes each word of its streams, if it never has to wait: found by going
/// through its iterations.
final class Rhythm {
    private final Phases phases;
    private final ToIntBiFunction<Phase, Phase> pause;
    private final Map<Axis, Long> at = new IdentityHashMap<>();
    private final Map<Port, Times> times = new LinkedHashMap<>();
    private final List<Beat> beats;
    private Phase before;
    private long cycle;

    /// When a stream is met.
    ///
    /// @param when a signal that depends on counters alone
    /// @param stage how many cycles after the start of the iteration it is
    record Beat(Port port, Signal when, int stage) {}

    /// The cycles in which words pass, in order.
    private static final class Times {
        private long[] all = new long[256];
        private int count;

        void add(long cycle) {
            if (count == all.length) {
                all = Arrays.copyOf(all, 2 * count);
            }
            all[count++] = cycle;
        }
    }

    /// @param pause how many cycles pass between two phases
    Rhythm(Phases phases, List<Beat> beats, ToIntBiFunction<Phase, Phase> pause) {
        this.phases = phases;
        this.beats = beats;
        this.pause = pause;
        this.before = phases.all().getFirst();
        beats.forEach(beat -> times.put(beat.port(), new Times()));
        run(phases.outermost(), before);
        cycle += between(before, phases.all().getFirst());
    }

    /// How many cycles a frame takes.
    long cycles() {
        return cycle;
    }

    /// For each word of a stream the cycle in which it passes.
    long[] times(Port port) {
        Times own = times.get(port);
        return own == null ? new long[0] : Arrays.copyOf(own.all, own.count);
    }

    private void run(List<Stmt.For> loops, Phase leaf) {
        if (loops.isEmpty()) {
            iteration(leaf);
            return;
        }
        for (Stmt.For loop : loops) {
            long until = loop.until().evaluate(axis -> at.getOrDefault(axis, 0L));
            long from = loop.from().evaluate(axis -> at.getOrDefault(axis, 0L));
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

    private long between(Phase from, Phase to) {
        return from == to ? 0 : pause.applyAsInt(from, to);
    }

    private void iteration(Phase phase) {
        cycle += between(before, phase);
        before = phase;
        Evaluation evaluation = new Evaluation(axis -> at.getOrDefault(axis, 0L), phase.number());
        for (Beat beat : beats) {
            if (evaluation.value(beat.when()) != 0) {
                times.getOrDefault(beat.port(), new Times()).add(cycle + beat.stage());
            }
        }
        cycle++;
    }
}
