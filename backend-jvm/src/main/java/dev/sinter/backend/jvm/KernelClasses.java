package dev.sinter.backend.jvm;

import dev.sinter.ir.kernel.Kernel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The classes of this process's kernels. Kernels of the same bytecode share one, so that layers of one shape, and
/// networks that are compiled again, find code that HotSpot has compiled.
final class KernelClasses {
    private static final int MOST = 512;

    private record Bytes(byte[] content) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes(byte[] others) && Arrays.equals(content, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(content);
        }
    }

    /// The least recently used first.
    private final SequencedMap<Bytes, JvmKernel> kernels = new LinkedHashMap<>(16, 0.75f, true);

    /// @throws dev.sinter.ir.diag.CompileException if the kernel uses types or vectors that the JVM does not have
    JvmKernel of(Kernel kernel) {
        KernelExpansion.Prepared prepared = KernelExpansion.prepare(kernel);
        synchronized (kernels) {
            JvmKernel known = kernels.computeIfAbsent(new Bytes(prepared.printed()), _ -> JvmKernel.define(prepared));
            if (kernels.size() > MOST) {
                kernels.pollFirstEntry();
            }
            return known;
        }
    }
}
