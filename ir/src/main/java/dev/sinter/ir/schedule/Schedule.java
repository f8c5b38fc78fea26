package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Stage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A plan for every stage of a group. The same group under another schedule computes the same, at another speed.
public record Schedule(Map<Stage, StagePlan> plans) {
    public Schedule {
        plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
    }

    /// The plan of a stage that has one.
    public StagePlan plan(Stage stage) {
        return Expect.present(plans.get(stage), stage);
    }

    /// True if a stage's elements go through a channel.
    public boolean isChannel(Stage stage) {
        StagePlan plan = plans.get(stage);
        return plan != null
                && plan.placement() instanceof Placement.Root(Memory memory)
                && memory instanceof Memory.Channel;
    }

    /// True if a stage's elements go to memory that other kernels read.
    public boolean stores(Stage stage) {
        StagePlan plan = plans.get(stage);
        return plan != null && plan.placement() instanceof Placement.Root;
    }
}
