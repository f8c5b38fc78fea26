package dev.sinter.ir.plan;

import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Target;
import java.util.List;

/// What is worth trying on a family of devices.
@FunctionalInterface
interface Candidates {
    /// Ways to divide a group between kernels, the best guess first. The last of them has a legal schedule in any case.
    List<Division> of(Group group, Target target);

    /// Those of a target's family.
    static Candidates of(Target target) {
        return switch (target.kind()) {
            case CPU -> new CpuCandidates();
            case GPU -> new GpuCandidates();
            case FPGA -> new FpgaCandidates();
        };
    }
}
