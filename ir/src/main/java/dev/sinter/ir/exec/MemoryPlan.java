package dev.sinter.ir.exec;

import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Plan;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Which tensors share memory: a slot is free again after the last kernel, or node on the host, that reads what
/// lies in it.
///
/// A halo is written once, when the memory is made, and never again. So a slot with a halo is only shared by tensors of
/// the very same layout, none of which writes into it. (Rewriting halos with each run would let all share, at the price
/// of work in every kernel.) Inputs and outputs of the network have memory of their own.
public final class MemoryPlan {
    private final Map<Source, Integer> slots = new IdentityHashMap<>();
    private final List<Slot> all = new ArrayList<>();
    private final List<Life> lives = new ArrayList<>();

    /// A stretch of device memory, and how its halo is to be filled.
    public record Slot(long bytes, ElementType element, Layout layout) {}

    private MemoryPlan() {}

    /// @param keepAll gives every tensor memory of its own, so that each can be looked at after a run
    static MemoryPlan of(Plan plan, boolean keepAll) {
        MemoryPlan memory = new MemoryPlan();
        memory.assign(plan, keepAll);
        return memory;
    }

    private record Kept(int slot, int lastUse) {}

    /// How long a tensor is needed, in kernels from the start.
    private record Life(long bytes, int from, int until) {}

    private void assign(Plan plan, boolean keepAll) {
        Map<Source, Integer> lastUse = lastUses(plan);
        List<Integer> free = new ArrayList<>();
        List<Kept> held = new ArrayList<>();
        plan.graph().inputs().forEach(input -> {
            slots.put(input, add(plan, input));
            note(plan, input, 0, lastUse);
        });
        int time = 0;
        for (Step step : plan.steps()) {
            if (step.kernels().isEmpty()) {
                // What is open stays on the host.
                for (Value output : step.outputs()) {
                    Source memory = plan.memoryOf(output);
                    if (!plan.graph().isOpen(output) && !slots.containsKey(memory)) {
                        slots.put(memory, add(plan, memory));
                        note(plan, memory, time, lastUse);
                    }
                }
            }
            for (Kernel kernel : step.kernels()) {
                int now = time++;
                for (Kernel.Argument written : kernel.outputs()) {
                    Source output = plan.memoryOf(written.source());
                    // A piece of a concatenation may lie there already.
                    if (!slots.containsKey(output)) {
                        boolean own = keepAll || isNetworkOutput(plan, output);
                        int slot = own ? add(plan, output) : take(plan, output, free);
                        slots.put(output, slot);
                        int until =
                                isNetworkOutput(plan, output) ? Integer.MAX_VALUE : lastUse.getOrDefault(output, now);
                        lives.add(new Life(bytes(plan, output), now, until));
                        if (!own) {
                            held.add(new Kept(slot, until));
                        }
                    }
                }
                List<Kept> done =
                        held.stream().filter(kept -> kept.lastUse() <= now).toList();
                done.forEach(kept -> free.add(kept.slot()));
                held.removeAll(done);
            }
        }
        Stream.concat(plan.aliases().keySet().stream(), plan.inside().keySet().stream())
                .forEach(tenant -> {
                    Integer slot = slots.get(plan.memoryOf(tenant));
                    if (slot != null) {
                        slots.put(tenant, slot);
                    }
                });
    }

    private static Map<Source, Integer> lastUses(Plan plan) {
        Map<Source, Integer> lastUse = new IdentityHashMap<>();
        int time = 0;
        for (Step step : plan.steps()) {
            for (Kernel kernel : step.kernels()) {
                for (Kernel.Argument argument : kernel.arguments()) {
                    lastUse.put(plan.memoryOf(argument.source()), time);
                }
                time++;
            }
            if (step.runsOnHost()) {
                // It runs before the next kernel.
                for (Value input : step.cluster().last().inputs()) {
                    lastUse.put(plan.memoryOf(input), time);
                }
            }
        }
        return lastUse;
    }

    private static boolean isNetworkOutput(Plan plan, Source memory) {
        return plan.graph().outputs().stream().anyMatch(output -> plan.memoryOf(output) == memory);
    }

    /// Notes from when until when a tensor is needed, and returns the latter.
    private int note(Plan plan, Source source, int from, Map<Source, Integer> lastUse) {
        int until = isNetworkOutput(plan, source) ? Integer.MAX_VALUE : lastUse.getOrDefault(source, from);
        lives.add(new Life(bytes(plan, source), from, until));
        return until;
    }

    private static long bytes(Plan plan, Source source) {
        return Packing.bytes(plan.layout(source), source.type().element());
    }

    private int add(Plan plan, Source source) {
        Layout layout = plan.layout(source);
        ElementType element = source.type().element();
        all.add(new Slot(Math.max(1, Packing.bytes(layout, element)), element, layout));
        return all.size() - 1;
    }

    private int take(Plan plan, Source source, List<Integer> free) {
        Layout layout = plan.layout(source);
        ElementType element = source.type().element();
        long bytes = Packing.bytes(layout, element);
        Integer best = null;
        for (Integer candidate : free) {
            Slot slot = all.get(candidate);
            boolean same = slot.element() == element && slot.layout().equals(layout);
            boolean plain = !slot.layout().hasHalo() && !layout.hasHalo() && slot.element() == element;
            if (same
                    || plain
                            && slot.bytes() >= bytes
                            && (best == null || slot.bytes() < all.get(best).bytes())) {
                best = candidate;
                if (same) {
                    break;
                }
            }
        }
        if (best == null) {
            return add(plan, source);
        }
        free.removeIf(best::equals);
        return best;
    }

    public List<Slot> slots() {
        return List.copyOf(all);
    }

    /// The slot that a tensor lies in; constants lie in none.
    public int slot(Source source) {
        Integer slot = slots.get(source);
        if (slot == null) {
            throw new dev.sinter.ir.diag.CompilerFault("no memory was planned for " + source.name());
        }
        return slot;
    }

    public boolean hasSlot(Source source) {
        return slots.containsKey(source);
    }

    public long bytes() {
        return all.stream().mapToLong(Slot::bytes).sum();
    }

    /// What every tensor of the network would take if none shared memory.
    public long separateBytes() {
        return lives.stream().mapToLong(Life::bytes).sum();
    }

    /// What is needed at one time at most: no plan takes less.
    public long peakBytes() {
        return lives.stream()
                .mapToLong(at -> lives.stream()
                        .filter(life -> life.from() <= at.from() && at.from() <= life.until())
                        .mapToLong(Life::bytes)
                        .sum())
                .max()
                .orElse(0);
    }

    /// The values that can be read after a run whose memory was planned with everything kept.
    public boolean holds(Value value) {
        return slots.containsKey(value);
    }
}
