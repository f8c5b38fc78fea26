package dev.sinter.ir.diag;

import org.jspecify.annotations.Nullable;

/// What stages of the compiler may rely on.
public final class Expect {
    private Expect() {}

    /// `value`, which an earlier stage was to provide.
    ///
    /// @throws CompilerFault if it is missing; `what` says what it is
    public static <T> T present(@Nullable T value, Object what) {
        if (value == null) {
            throw new CompilerFault("nothing was recorded for " + what);
        }
        return value;
    }
}
