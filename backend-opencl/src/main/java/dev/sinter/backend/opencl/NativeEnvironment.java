package dev.sinter.backend.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;

/// The environment that native libraries of this process see. Java reads it once and cannot change it.
final class NativeEnvironment {
    private NativeEnvironment() {}

    /// Sets a variable that is not set. On systems without POSIX's `setenv` nothing happens.
    static void set(String name, String value) {
        CLibrary.find("setenv", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT))
                .ifPresent(setenv -> {
                    try (Arena arena = Arena.ofConfined()) {
                        MemorySegment variable = arena.allocateFrom(name);
                        MemorySegment content = arena.allocateFrom(value);
                        CLibrary.call(() -> (int) setenv.invokeExact(variable, content, 0));
                    }
                });
    }
}
