package dev.sinter.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Takes standard error back from the launcher. The JVM says at each start that the Vector API incubates, and no option
/// keeps it from that; so the launcher starts it with a filter in the place of standard error and hands the real one
/// over under another number.
final class StandardError {
    private static final String HANDED_OVER = "sinter.stderr";
    private static final int STANDARD_ERROR = 2;

    private StandardError() {}

    /// Does nothing where there was no such launcher. Before anything is printed.
    static void takeBack() {
        Integer handedOver = Integer.getInteger(HANDED_OVER);
        if (handedOver != null) {
            duplicate(handedOver);
        }
    }

    private static void duplicate(int from) {
        Linker linker = Linker.nativeLinker();
        MemorySegment dup2 = linker.defaultLookup().findOrThrow("dup2");
        MethodHandle call = linker.downcallHandle(
                dup2, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            // Where that fails all goes through the filter, which only takes longer.
            int _ = (int) call.invokeExact(from, STANDARD_ERROR);
        } catch (Throwable fault) {
            throw new IllegalStateException("dup2 throws nothing", fault);
        }
    }
}
