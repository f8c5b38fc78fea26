package dev.sinter.ir.plan;

import dev.sinter.ir.diag.Place;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Schedule;
import java.util.List;
import java.util.Optional;

/// One cluster of a network with its schedule and kernels; none where its output has no elements, or the host computes
/// it.
///
/// @param form what the step computes, whatever the algorithm: see [KernelForm]; empty where it has no kernel
/// @param origin where the schedule comes from
public record Step(
        Cluster cluster, Group group, Schedule schedule, String form, ScheduleOrigin origin, List<Kernel> kernels) {
    public Step {
        kernels = List.copyOf(kernels);
    }

    /// This step with other kernels.
    Step with(List<Kernel> others) {
        return new Step(cluster, group, schedule, form, origin, others);
    }

    /// Where a file has the schedule that somebody wrote; empty if nobody did.
    public Optional<Place> writtenAt() {
        return origin instanceof ScheduleOrigin.Written(Place place) ? Optional.of(place) : Optional.empty();
    }

    /// Where the schedule that was measured stands; empty if it was not.
    public Optional<Place> tunedAt() {
        return origin instanceof ScheduleOrigin.Tuned(Place place) ? Optional.of(place) : Optional.empty();
    }

    /// True if a run has the oracle's code compute the step, between kernels.
    public boolean runsOnHost() {
        return cluster.runsOnHost();
    }

    /// All tensors that the step computes.
    public List<Value> outputs() {
        return cluster.outputs();
    }

    /// The first of them, after which reports call the step.
    public Value output() {
        return cluster.output();
    }
}
