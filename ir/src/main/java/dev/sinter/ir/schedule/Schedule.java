package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Stage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A plan for every stage of a group. The same group under another schedule computes the same, at another speed.
///
/// @param workGroup how many work-items of each dimension form a group, innermost dimension first; empty leaves it to
///     the device
public record Schedule(Map<Stage, StagePlan> plans, List<Long> workGroup) {
    public Schedule {
        plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
        workGroup = List.copyOf(workGroup);
    }

    public Schedule(Map<Stage, StagePlan> plans) {
        this(plans, List.of());
    }

    public StagePlan plan(Stage stage) {
        StagePlan plan = plans.get(stage);
        if (plan == null) {
            throw illegal(stage, "the schedule has no plan for it");
        }
        return plan;
    }

    public static CompileException illegal(Stage stage, String fact) {
        return new CompileException(Code.SCHEDULE_ILLEGAL, stage.name(), fact, null);
    }
}
