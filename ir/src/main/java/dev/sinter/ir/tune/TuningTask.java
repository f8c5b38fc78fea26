package dev.sinter.ir.tune;

import dev.sinter.ir.graph.Node;
import dev.sinter.ir.plan.Step;
import java.util.List;

/// What is measured once for all steps of a network that compute the same from tensors that lie alike.
///
/// @param form by which the schedule is found again
/// @param layers that one of the steps computes, before the planner chose their algorithms
/// @param steps of the network as it was before, in the order in which they run
/// @param seconds one of them took before
/// @param known whether it was measured on this device before
public record TuningTask(String form, List<Node> layers, List<Step> steps, double seconds, boolean known) {
    public TuningTask {
        layers = List.copyOf(layers);
        steps = List.copyOf(steps);
    }

    /// The step that is measured.
    public Step step() {
        return steps.getFirst();
    }

    /// The time of all steps together.
    public double totalSeconds() {
        return seconds * steps.size();
    }

    /// The name of the first step's last layer.
    public String name() {
        return step().cluster().last().name();
    }
}
