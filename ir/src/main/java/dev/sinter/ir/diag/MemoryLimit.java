package dev.sinter.ir.diag;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How much memory a network may take: what a model claims is compared with it before memory is taken. Nothing is
/// reserved, so that a limit says what is refused and not what is there.
///
/// ```
/// Graph graph = MemoryLimit.within(1L << 30, () -> Model.read(path).graph());
/// ```
public final class MemoryLimit {
    private static final ScopedValue<Long> BYTES = ScopedValue.newInstance();
    private static final long SURELY_THERE = 64 << 20;

    private MemoryLimit() {}

    /// Looked up when it is first asked for: it takes longer than the start of a command.
    private static final class Machine {
        /// The rest is for the system and other programs.
        private static final double SHARE = 0.75;

        private static final long BYTES = (long) (SHARE
                * ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize());
    }

    /// The limit of the caller: what [#within] said, or three quarters of the memory of the machine, or of the
    /// container that this process runs in.
    public static long bytes() {
        return BYTES.isBound() ? BYTES.get() : Machine.BYTES;
    }

    /// Does work of which no part may take more. The limit holds for the calling thread.
    ///
    /// @throws X whatever the work throws
    public static <T, X extends Throwable> T within(long bytes, ScopedValue.CallableOp<? extends T, X> work) throws X {
        if (bytes < 1) {
            throw new IllegalArgumentException("a limit of " + bytes + " bytes allows nothing");
        }
        return ScopedValue.where(BYTES, bytes).call(work);
    }

    /// @param place what messages call the file, network or node
    /// @param what takes the memory
    /// @throws CompileException if that is more than the limit
    public static void require(long bytes, String place, String what) {
        if (!BYTES.isBound() && bytes <= SURELY_THERE) {
            return;
        }
        long most = bytes();
        if (bytes > most) {
            throw new CompileException(
                    Code.MEMORY,
                    place,
                    what + " would take " + bytes + " bytes of memory but at most " + most + " may be taken",
                    "a smaller batch takes less; --max-memory, or MemoryLimit in Java, allows more");
        }
    }
}
