package dev.sinter.ir.verify;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.rewrite.Provenance;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Steps that yield what the imported network does not have. They are judged together with a step that reads it.
final class AwaitedSteps {
    private final Provenance provenance;
    private final Set<Step> waiting = new LinkedHashSet<>();
    private final List<Step> settled = new ArrayList<>();

    AwaitedSteps(Provenance provenance) {
        this.provenance = provenance;
    }

    /// Whether a step that has run is one of them.
    boolean await(Step step) {
        return !step.outputs().stream().allMatch(provenance::isImported) && waiting.add(step);
    }

    /// True if the value is one that the device has computed and nobody has judged.
    boolean yields(Value value) {
        return waiting.stream().anyMatch(step -> step.outputs().contains(value));
    }

    /// The step and all those that are judged with it, which are waited for no longer.
    List<Step> judgedWith(Step step) {
        List<Step> judged = new ArrayList<>(List.of(step));
        Deque<Value> read = new ArrayDeque<>(step.cluster().inputs());
        while (!read.isEmpty()) {
            Value value = read.pop();
            for (Step other : List.copyOf(waiting)) {
                if (other.outputs().contains(value)) {
                    waiting.remove(other);
                    settled.add(other);
                    judged.add(other);
                    read.addAll(other.cluster().inputs());
                }
            }
        }
        return judged;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// Those that were judged with others.
    List<Step> settled() {
        return settled;
    }

    /// Those that nothing told of.
    Collection<Step> left() {
        return waiting;
    }
}
