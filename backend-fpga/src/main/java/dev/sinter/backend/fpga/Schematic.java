package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.kernel.Stmt;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All that is decided of a kernel's hardware, short of names.
///
/// @param datapath what an iteration computes
/// @param transitions from each phase to the next iteration
/// @param stages when an iteration computes it
/// @param pauses how many cycles pass between iterations of two phases
record Schematic(Datapath datapath, Map<Phase, Transition> transitions, Stages stages, Pauses pauses) {
    /// @param gates how many may follow each other between two clock edges
    static Schematic of(Datapath datapath, int gates) {
        // Before anything is placed, since it makes more signals.
        Map<Phase, Transition> transitions = new LinkedHashMap<>();
        datapath.phases().all().forEach(phase -> transitions.put(phase, Transition.from(phase, datapath)));
        Set<Signal> steering = new LinkedHashSet<>();
        transitions.values().forEach(transition -> transition.forEach(steering::add));
        Stages stages = new Stages(datapath, steering, gates);
        return new Schematic(datapath, transitions, stages, new Pauses(datapath, stages));
    }

    /// What is multiplied in each cycle: not all that was made is used.
    List<Parts.Product> products() {
        Set<Signal> used = new LinkedHashSet<>();
        datapath.effects().forEach(effect -> effect.signals().forEach(signal -> collect(signal, used)));
        return used.stream()
                .filter(signal -> signal.isOf(Signal.Gate.MULTIPLY))
                .map(Parts.Product::of)
                .toList();
    }

    private static void collect(Signal signal, Set<Signal> all) {
        if (all.add(signal)) {
            signal.operands().forEach(operand -> collect(operand, all));
        }
    }

    /// The stage in which a stream is met.
    int stageOf(Meeting meeting) {
        if (!meeting.port().written()) {
            return datapath.signals().all().stream()
                    .filter(signal -> signal.form() instanceof Signal.Form.Take(var buffer, _)
                            && buffer == meeting.port().buffer())
                    .mapToInt(stages::of)
                    .max()
                    .orElse(0);
        }
        return datapath.effects().stream()
                .filter(effect ->
                        effect instanceof Effect.Put put && put.meeting().equals(meeting))
                .mapToInt(stages::of)
                .max()
                .orElse(0);
    }

    /// The value of a counter in the first iteration of all.
    long start(Axis axis) {
        for (Phase phase : datapath.phases().all()) {
            for (Stmt.For loop : phase.loops()) {
                if (loop.axis() == axis) {
                    return loop.from().evaluate(this::start);
                }
            }
        }
        return 0;
    }
}
