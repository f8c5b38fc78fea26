package dev.sinter.ir.plan;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Schedule;
import java.util.List;

/// One cluster of a network with its schedule and kernels; none where its output has no elements.
public record Step(Cluster cluster, Group group, Schedule schedule, List<Kernel> kernels) {
    public Step {
        kernels = List.copyOf(kernels);
    }

    public Value output() {
        return cluster.output();
    }
}
