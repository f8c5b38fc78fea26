package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.kernel.Identifiers;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Legality;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.Staging;
import java.util.stream.Collectors;

/// Turns what kernels compute into kernels.
public final class Lowering {
    private Lowering() {}

    /// Holds the schedule of one kernel against all rules.
    public static Legality check(Kernels.Part part, Schedule schedule, Layouts layouts) {
        return switch (Demand.of(part, schedule)) {
            case Legality.Illegal illegal -> illegal;
            case Demand demand ->
                LaneRules.firstBroken(demand, layouts)
                        .<Legality>map(broken -> broken)
                        .orElse(demand);
        };
    }

    /// @param demand of a schedule that breaks no rule
    /// @param names those of the program
    public static Kernel lower(Demand demand, Layouts layouts, Identifiers names) {
        // Called after what it computes: conv_relu_max_pool.
        String stages = demand.stages().stream()
                .filter(stage -> !Staging.isLoad(stage))
                .map(Stage::name)
                .collect(Collectors.joining("_"));
        return new KernelLowering(demand, layouts).lower(names.kernel(stages));
    }
}
