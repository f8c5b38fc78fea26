package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.kernel.Kernel;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// A kernel as a class of this process. May be run by several threads at a time, on buffers of their own.
final class JvmKernel {
    private static final MethodType RUN =
            MethodType.methodType(void.class, Object[].class, int.class, int.class, int.class);

    private final Kernel prepared;
    private final MethodHandle run;
    private final int workItems;
    private final MethodSize methodSize;
    private volatile boolean warm;

    private JvmKernel(KernelExpansion.Prepared prepared, MethodHandle run) {
        this.prepared = prepared.kernel();
        this.run = run;
        this.workItems = BytecodePrinter.workItems(prepared.kernel());
        this.methodSize = prepared.size();
    }

    /// @throws dev.sinter.ir.diag.CompileException if the kernel uses types or vectors that the JVM does not have
    static JvmKernel compile(Kernel kernel) {
        return define(KernelExpansion.prepare(kernel));
    }

    static JvmKernel define(KernelExpansion.Prepared prepared) {
        try {
            MethodHandles.Lookup defined = MethodHandles.lookup().defineHiddenClass(prepared.printed(), true);
            MethodHandle run = defined.findStatic(defined.lookupClass(), BytecodePrinter.RUN, RUN);
            return new JvmKernel(prepared, run);
        } catch (ReflectiveOperationException | LinkageError failure) {
            throw new CompilerFault("the class of " + prepared.kernel().name() + " cannot be loaded", failure);
        }
    }

    /// The kernel as it was printed. Others that do the same may share this.
    Kernel prepared() {
        return prepared;
    }

    int workItems() {
        return workItems;
    }

    MethodSize methodSize() {
        return methodSize;
    }

    /// True if HotSpot had the chance to compile it.
    boolean isWarm() {
        return warm;
    }

    void warmed() {
        warm = true;
    }

    /// Computes the work-items from `from` to `until - 1`.
    ///
    /// @param buffers in the order of the kernel's arguments, each an array of its element type: `float[]`, `double[]`,
    ///     `long[]`, `int[]`, `short[]` or `byte[]`
    void run(Object[] buffers, int from, int until) {
        run(buffers, from, until, 1);
    }

    /// @param step what loops around vectors count by: with more than 1 they are cut short, and the results wrong
    void run(Object[] buffers, int from, int until, int step) {
        try {
            run.invokeExact(buffers, from, until, step);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new CompilerFault(prepared.name() + " failed", impossible);
        }
    }
}
