package dev.sinter.ir.plan;

import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.schedule.Target;

/// How long a kernel should take: a roofline of what it computes and of the bytes that it moves. Good for ranking
/// schedules of one group, not for promises.
final class KernelCost {
    private KernelCost() {}

    /// Estimated seconds, without the launch.
    static double seconds(Kernel kernel, Target target) {
        double compute = switch (target.kind()) {
                    case CPU -> rounds(kernel, target) * IssueCost.cycles(kernel, target, Rates.CPU);
                    case GPU -> waves(kernel, target) * IssueCost.cycles(kernel, target, Rates.GPU);
                    case FPGA -> PipelineCost.cycles(kernel);
                }
                / target.clock();
        double bytes = kernel.arguments().stream()
                .mapToDouble(argument -> (double) argument.layout().ownElements()
                        * argument.buffer().element().bytes())
                .sum();
        double memory = bytes / target.memoryBandwidth();
        // The two overlap, but never quite.
        return Math.max(compute, memory) + 0.25 * Math.min(compute, memory);
    }

    private static double items(Kernel kernel) {
        return switch (kernel.launch()) {
            case Launch.NdRange range -> range.workItems();
            case Launch.SingleTask() -> 1;
        };
    }

    private static double rounds(Kernel kernel, Target target) {
        return Math.ceil(items(kernel) / target.computeUnits());
    }

    /// How many work-items one lane of the device runs after the other. A device with less than one for each lane waits
    /// for each of them as long.
    private static double waves(Kernel kernel, Target target) {
        double lanes = target.computeUnits() * target.flopsPerCycle() / 2;
        return Math.max(1, lockstepped(kernel, target.subgroup()) / lanes);
    }

    /// How many work-items take time: in a group that is no multiple of those that run in lockstep, some stand idle.
    private static double lockstepped(Kernel kernel, int subgroup) {
        return switch (kernel.launch()) {
            case Launch.NdRange range -> {
                double group = range.groupSize();
                yield range.workItems() / group * Math.ceil(group / subgroup) * subgroup;
            }
            case Launch.SingleTask() -> subgroup;
        };
    }
}
