package dev.sinter.backend.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Keeps the signal handlers of the JVM while a driver is called that would put others in their place.
///
/// PoCL has LLVM install handlers of its own. That for SIGSEGV, by which HotSpot stops threads and finds null, goes
/// away by itself with the first signal, and a second thread's signal at that moment ends the process without a word.
/// That for SIGFPE skips divisions of integers by zero, in Java code too. Kernels divide by zero nowhere, see
/// [ExprPrinter].
final class SignalHandlers {
    /// The standard ones of POSIX systems; who keeps more numbers them from 32 on.
    private static final int SIGNALS = 31;

    /// `struct sigaction` has at most 152 bytes on the systems that Java runs on, and is only handed back as it came.
    private static final long ROOM = 512;

    private static final Optional<MethodHandle> SIGACTION =
            CLibrary.find("sigaction", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

    private SignalHandlers() {}

    /// What `call` yields; signals are handled afterwards as they were before.
    static <T> T kept(Supplier<T> call) {
        if (SIGACTION.isEmpty()) {
            return call.get();
        }
        try (Arena arena = Arena.ofConfined()) {
            Map<Integer, MemorySegment> before = new TreeMap<>();
            for (int signal = 1; signal <= SIGNALS; signal++) {
                MemorySegment action = arena.allocate(ROOM, 16);
                if (exchange(signal, MemorySegment.NULL, action)) {
                    before.put(signal, action);
                }
            }
            try {
                return call.get();
            } finally {
                // Those of SIGKILL and SIGSTOP cannot be set, nor can they have been changed.
                before.forEach((signal, action) -> exchange(signal, action, MemorySegment.NULL));
            }
        }
    }

    private static boolean exchange(int signal, MemorySegment set, MemorySegment old) {
        MethodHandle sigaction = SIGACTION.orElseThrow();
        return CLibrary.call(() -> (int) sigaction.invokeExact(signal, set, old)) == 0;
    }
}
