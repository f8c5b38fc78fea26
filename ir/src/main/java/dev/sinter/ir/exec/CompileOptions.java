package dev.sinter.ir.exec;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.plan.Policy;
import java.util.Optional;

/// What can be chosen when compiling.
///
/// @param fuse false gives every node kernels of its own
/// @param keepIntermediates gives every tensor memory of its own, so that each can be read after a run
/// @param policy in place of the target's own
public record CompileOptions(
        boolean fuse, boolean optimise, boolean keepIntermediates, Optional<Policy> policy, Trace trace) {
    public static final CompileOptions DEFAULT =
            new CompileOptions(true, true, false, Optional.empty(), Trace.silent());

    public CompileOptions withIntermediatesKept() {
        return new CompileOptions(fuse, optimise, true, policy, trace);
    }

    public CompileOptions withTrace(Trace other) {
        return new CompileOptions(fuse, optimise, keepIntermediates, policy, other);
    }

    public CompileOptions withPolicy(Policy other) {
        return new CompileOptions(fuse, optimise, keepIntermediates, Optional.of(other), trace);
    }

    public CompileOptions withoutFusion() {
        return new CompileOptions(false, optimise, keepIntermediates, policy, trace);
    }
}
