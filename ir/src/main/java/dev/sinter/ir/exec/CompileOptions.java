package dev.sinter.ir.exec;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.plan.Policy;
import dev.sinter.ir.schedule.ScheduleFile;
import java.util.Optional;

/// What can be chosen when compiling.
///
/// @param fuse false gives every node kernels of its own
/// @param keepIntermediates gives every tensor memory of its own, so that each can be read after a run
/// @param policy in place of the target's own
/// @param schedules those of steps that the policy is not asked for
/// @param precision in which networks of float32 are computed
public record CompileOptions(
        boolean fuse,
        boolean optimise,
        boolean keepIntermediates,
        Optional<Policy> policy,
        ScheduleFile schedules,
        Precision precision,
        Trace trace) {
    public static final CompileOptions DEFAULT =
            new CompileOptions(true, true, false, Optional.empty(), Trace.silent());

    public CompileOptions(
            boolean fuse, boolean optimise, boolean keepIntermediates, Optional<Policy> policy, Trace trace) {
        this(fuse, optimise, keepIntermediates, policy, ScheduleFile.NONE, Precision.FLOAT32, trace);
    }

    public CompileOptions withIntermediatesKept() {
        return new CompileOptions(fuse, optimise, true, policy, schedules, precision, trace);
    }

    public CompileOptions withTrace(Trace other) {
        return new CompileOptions(fuse, optimise, keepIntermediates, policy, schedules, precision, other);
    }

    public CompileOptions withPolicy(Policy other) {
        return new CompileOptions(fuse, optimise, keepIntermediates, Optional.of(other), schedules, precision, trace);
    }

    public CompileOptions withoutFusion() {
        return new CompileOptions(false, optimise, keepIntermediates, policy, schedules, precision, trace);
    }

    public CompileOptions withSchedules(ScheduleFile other) {
        return new CompileOptions(fuse, optimise, keepIntermediates, policy, other, precision, trace);
    }

    public CompileOptions withPrecision(Precision other) {
        return new CompileOptions(fuse, optimise, keepIntermediates, policy, schedules, other, trace);
    }
}
