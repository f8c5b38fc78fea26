package dev.sinter.backend.opencl;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// Functions of the C library that this process has.
final class CLibrary {
    private CLibrary() {}

    /// A call of one of them.
    @FunctionalInterface
    interface Call<T> {
        T run() throws Throwable;
    }

    /// Empty where the system has no such function, as Windows has none of POSIX.
    static Optional<MethodHandle> find(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup().find(name).map(address -> linker.downcallHandle(address, type));
    }

    static <T> T call(Call<T> call) {
        try {
            return call.run();
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException("functions of C throw nothing", failure);
        }
    }
}
