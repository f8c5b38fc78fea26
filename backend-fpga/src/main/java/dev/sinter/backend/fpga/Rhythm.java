package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Stmt;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// In which cycle of a frame a kernel reads or writes each word of its streams, if it never has to wait, and which
/// elements those are: found by going through its iterations.
final class Rhythm {
    private final Phases phases;
    private final Pauses pauses;
    private final List<Beat> beats = new ArrayList<>();
    private final Map<Axis, Long> at = new IdentityHashMap<>();
    private final List<Traffic> traffic;
    private Phase before;
    private long cycle;

    /// What passes of a stream in a frame.
    ///
    /// @param times for each word the cycle in which it passes
    /// @param order for each element where it stands in its tensor
    record Traffic(Port port, long[] times, long[] order) {}

    /// @param stage how many cycles after the start of an iteration the stream is met
    private record Beat(Meeting meeting, int stage, LongStream.Builder times, LongStream.Builder order) {}

    Rhythm(Schematic schematic) {
        this.phases = schematic.datapath().phases();
        this.pauses = schematic.pauses();
        this.before = phases.all().getFirst();
        for (Meeting meeting : schematic.datapath().meetings()) {
            beats.add(new Beat(meeting, schematic.stageOf(meeting), LongStream.builder(), LongStream.builder()));
        }
        run(phases.outermost(), before);
        cycle += pauses.between(before, phases.all().getFirst());
        this.traffic = beats.stream()
                .map(beat -> new Traffic(
                        beat.meeting().port(),
                        beat.times().build().toArray(),
                        beat.order().build().toArray()))
                .toList();
    }

    /// How many cycles a frame takes.
    long cycles() {
        return cycle;
    }

    /// Of each stream, once.
    List<Traffic> traffic() {
        return traffic;
    }

    private long evaluate(Index index) {
        return index.evaluate(this::at);
    }

    private long at(Axis axis) {
        Long value = at.get(axis);
        if (value == null) {
            throw new Unsupported("where an element of a stream stands is computed");
        }
        return value;
    }

    private void run(List<Stmt.For> loops, Phase leaf) {
        if (loops.isEmpty()) {
            iteration(leaf);
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

    private void iteration(Phase phase) {
        cycle += pauses.between(before, phase);
        before = phase;
        Evaluation evaluation = new Evaluation(axis -> at.getOrDefault(axis, 0L), phase.number());
        for (Beat beat : beats) {
            if (evaluation.value(beat.meeting().when()) != 0) {
                beat.times().add(cycle + beat.stage());
                beat.meeting().offsets().forEach(offset -> beat.order().add(evaluate(offset)));
            }
        }
        cycle++;
    }
}
