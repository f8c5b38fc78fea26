package dev.sinter.backend.fpga;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// When each signal of an iteration is there: how many clock edges after the iteration was started, and how much of the
/// time to the next edge it takes. An iteration may start in each cycle, so what a register is for the next one is
/// settled within one stage: everything between reading a register and setting it.
final class Stages {
    private final Map<Signal, Place> places = new IdentityHashMap<>();
    private final Map<Signal, Recurrence> recurrences = new IdentityHashMap<>();
    private final Set<Signal> steering = identitySet();
    private final int budget;
    private final int split;
    private final int depth;

    /// @param stage clock edges after the start
    /// @param level gates passed since the last edge
    record Place(int stage, int level) {}

    /// Signals between reading some registers and setting them, which must all be in one stage.
    private static final class Recurrence {
        private final Set<Signal> signals = identitySet();
        private int stage = -1;
    }

    /// @param steering what the counters of the next cycle depend on, which cannot come later
    /// @param budget how many gates may follow each other between two clock edges
    Stages(Datapath datapath, Set<Signal> steering, int budget) {
        this.budget = budget;
        steering.forEach(this::pin);
        findRecurrences(datapath);
        List<Signal> all = datapath.signals().all();
        this.split = all.stream()
                .filter(signal -> signal.form() instanceof Signal.Form.Take)
                .mapToInt(this::of)
                .max()
                .orElse(-1);
        // Each after its operands, so that none is far from what is known.
        all.forEach(this::place);
        this.depth = datapath.effects().stream().mapToInt(this::of).reduce(split, Math::max);
    }

    private static Set<Signal> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /// The stage in which a signal is there.
    int of(Signal signal) {
        return place(signal).stage();
    }

    /// The stage at whose end something is left behind.
    int of(Effect effect) {
        return effect instanceof Effect.Put
                ? settled(effect.signals())
                : effect.signals().stream().mapToInt(this::of).max().orElse(0);
    }

    /// The last stage that waits for streams; -1 if none does.
    int split() {
        return split;
    }

    /// The last stage.
    int depth() {
        return depth;
    }

    /// The first stage at whose start all of them are there.
    private int settled(List<Signal> signals) {
        return signals.stream()
                .map(this::place)
                .mapToInt(place -> place.level() == 0 ? place.stage() : place.stage() + 1)
                .max()
                .orElse(0);
    }

    private void findRecurrences(Datapath datapath) {
        Map<Register, Signal> next = new HashMap<>();
        for (Effect effect : datapath.effects()) {
            if (effect instanceof Effect.Keep(Register register, Signal value)) {
                next.put(register, value);
            }
        }
        Map<Signal, Set<Register>> reads = new IdentityHashMap<>();
        for (Signal signal : datapath.signals().all()) {
            Set<Register> own = new HashSet<>();
            signal.operands().forEach(operand -> own.addAll(reads.getOrDefault(operand, Set.of())));
            if (signal.form() instanceof Signal.Form.Before(Register register)) {
                own.add(register);
            }
            reads.put(signal, own);
        }
        for (Map.Entry<Register, Signal> entry : next.entrySet()) {
            if (reads.getOrDefault(entry.getValue(), Set.of()).contains(entry.getKey())) {
                Recurrence recurrence = recurrences.computeIfAbsent(entry.getValue(), _ -> new Recurrence());
                collect(entry.getValue(), entry.getKey(), reads, recurrence, identitySet());
            }
        }
    }

    /// All that lies between reading `register` and `signal`.
    ///
    /// @param seen what was collected for the register already
    private void collect(
            Signal signal,
            Register register,
            Map<Signal, Set<Register>> reads,
            Recurrence recurrence,
            Set<Signal> seen) {
        Recurrence other = recurrences.put(signal, recurrence);
        if (other != null && other != recurrence) {
            other.signals.forEach(member -> recurrences.put(member, recurrence));
            recurrence.signals.addAll(other.signals);
        }
        recurrence.signals.add(signal);
        for (Signal operand : signal.operands()) {
            if (reads.getOrDefault(operand, Set.of()).contains(register) && seen.add(operand)) {
                collect(operand, register, reads, recurrence, seen);
            }
        }
    }

    private void pin(Signal signal) {
        if (steering.add(signal)) {
            signal.operands().forEach(this::pin);
        }
    }

    private Place place(Signal signal) {
        Place known = places.get(signal);
        if (known != null) {
            return known;
        }
        Recurrence recurrence = recurrences.get(signal);
        if (recurrence != null && recurrence.stage < 0) {
            List<Signal> outside = new ArrayList<>();
            for (Signal member : recurrence.signals) {
                for (Signal operand : member.operands()) {
                    if (!recurrence.signals.contains(operand)) {
                        outside.add(operand);
                    }
                }
            }
            recurrence.stage = settled(outside);
        }
        Place place = recurrence == null ? alone(signal) : within(signal, recurrence);
        places.put(signal, place);
        return place;
    }

    private Place within(Signal signal, Recurrence recurrence) {
        if (edges(signal) > 0) {
            throw new Unsupported("a number that the next iteration needs is a product, or comes from memory");
        }
        int level = 0;
        for (Signal operand : signal.operands()) {
            Place before = place(operand);
            level = Math.max(level, before.stage() == recurrence.stage ? before.level() : 0);
        }
        return new Place(recurrence.stage, level + cost(signal));
    }

    private Place alone(Signal signal) {
        int stage = 0;
        int level = 0;
        for (Signal operand : signal.operands()) {
            Place before = place(operand);
            if (before.stage() > stage) {
                stage = before.stage();
                level = before.level();
            } else if (before.stage() == stage) {
                level = Math.max(level, before.level());
            }
        }
        if (signal.form() instanceof Signal.Form.Before(Register register)) {
            throw new Unsupported(register + " is what the iteration before set it to, whatever it was");
        }
        int edges = edges(signal);
        if (edges > 0) {
            // What takes many cycles must not wait for streams meanwhile.
            return new Place((edges > 1 ? Math.max(stage, split + 1) : stage) + edges, 0);
        }
        int cost = cost(signal);
        return level > 0 && level + cost > budget && !steering.contains(signal)
                ? new Place(stage + 1, cost)
                : new Place(stage, level + cost);
    }

    /// After how many clock edges a signal is there, once its operands are.
    static int edges(Signal signal) {
        if (signal.isOf(Signal.Gate.MULTIPLY_SERIALLY)) {
            // The operands are taken first.
            return 1 + Products.steps(signal.operand(1), (int) signal.operand(3).constant());
        }
        boolean clocked = signal.isOf(Signal.Gate.MULTIPLY)
                || signal.form() instanceof Signal.Form.Lookup
                || signal.form() instanceof Signal.Form.Recall;
        return clocked ? 1 : 0;
    }

    /// How many gates a signal passes.
    private static int cost(Signal signal) {
        return switch (signal.form()) {
            case Signal.Form.Function(Signal.Gate gate) -> gate.levels();
            case Signal.Form.Take _ -> 1;
            case Signal.Form.Constant _,
                    Signal.Form.Counter _,
                    Signal.Form.Active _,
                    Signal.Form.Lookup _,
                    Signal.Form.Recall _,
                    Signal.Form.Before _ -> 0;
        };
    }
}
