package dev.sinter.ir.exec;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.plan.Policy;
import dev.sinter.ir.schedule.ScheduleFile;
import dev.sinter.ir.schedule.Tuning;
import java.util.Optional;

/// What can be chosen when compiling.
///
/// @param fuse false gives every node kernels of its own
/// @param keepIntermediates gives every tensor memory of its own, so that each can be read after a run
/// @param policy in place of the target's own, and of all that was measured
/// @param schedules those of steps that neither is asked for
/// @param tuning schedules that were measured, before those that come with the device; empty takes neither
/// @param precision in which networks of float32 are computed
public record CompileOptions(
        boolean fuse,
        boolean optimise,
        boolean keepIntermediates,
        Optional<Policy> policy,
        ScheduleFile schedules,
        Optional<Tuning> tuning,
        Precision precision,
        Trace trace) {
    public static final CompileOptions DEFAULT =
            new CompileOptions(true, true, false, Optional.empty(), Trace.silent());

    public CompileOptions(
            boolean fuse, boolean optimise, boolean keepIntermediates, Optional<Policy> policy, Trace trace) {
        this(
                fuse,
                optimise,
                keepIntermediates,
                policy,
                ScheduleFile.NONE,
                Optional.of(Tuning.NONE),
                Precision.FLOAT32,
                trace);
    }

    public CompileOptions withIntermediatesKept() {
        return new CompileOptions(fuse, optimise, true, policy, schedules, tuning, precision, trace);
    }

    public CompileOptions withTrace(Trace other) {
        return new CompileOptions(fuse, optimise, keepIntermediates, policy, schedules, tuning, precision, other);
    }

    public CompileOptions withPolicy(Policy other) {
        return new CompileOptions(
                fuse, optimise, keepIntermediates, Optional.of(other), schedules, tuning, precision, trace);
    }

    public CompileOptions withoutFusion() {
        return new CompileOptions(false, optimise, keepIntermediates, policy, schedules, tuning, precision, trace);
    }

    public CompileOptions withSchedules(ScheduleFile other) {
        return new CompileOptions(fuse, optimise, keepIntermediates, policy, other, tuning, precision, trace);
    }

    /// Takes schedules that were measured where they fit, and where there are none those that come with the device.
    public CompileOptions withTuning(Tuning other) {
        return new CompileOptions(
                fuse, optimise, keepIntermediates, policy, schedules, Optional.of(other), precision, trace);
    }

    /// Takes nothing that was measured.
    public CompileOptions withoutTuning() {
        return new CompileOptions(
                fuse, optimise, keepIntermediates, policy, schedules, Optional.empty(), precision, trace);
    }

    public CompileOptions withPrecision(Precision other) {
        return new CompileOptions(fuse, optimise, keepIntermediates, policy, schedules, tuning, other, trace);
    }

    /// These, with what comes with a device behind what was given.
    CompileOptions on(Device device) {
        return tuning.map(given -> withTuning(given.then(device.tuning()))).orElse(this);
    }
}
