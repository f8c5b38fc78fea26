package dev.sinter.backend.fpga;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// In which cycle of a frame a kernel reads or writes each word of its streams, if it never has to wait, and which
/// elements those are: found by going through its iterations.
final class Rhythm {
    private final Pauses pauses;
    private final Iterations iterations;
    private final List<Beat> beats = new ArrayList<>();
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
        Phases phases = schematic.datapath().phases();
        this.pauses = schematic.pauses();
        this.before = phases.all().getFirst();
        this.iterations = new Iterations(phases, this::iteration);
        for (Meeting meeting : schematic.datapath().meetings()) {
            beats.add(new Beat(meeting, schematic.stageOf(meeting), LongStream.builder(), LongStream.builder()));
        }
        iterations.run();
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

    private void iteration(Phase phase) {
        cycle += pauses.between(before, phase);
        before = phase;
        Evaluation evaluation = iterations.evaluation(phase);
        for (Beat beat : beats) {
            if (evaluation.value(beat.meeting().when()) != 0) {
                beat.times().add(cycle + beat.stage());
                beat.meeting().offsets().forEach(offset -> beat.order().add(iterations.evaluate(offset)));
            }
        }
        cycle++;
    }
}
