package dev.sinter.ir.evaluate;

import dev.sinter.ir.kernel.KernelArray;
import java.util.IdentityHashMap;
import java.util.Map;

/// What the work-items of one group share while a kernel is evaluated: local memory, and how many barriers they have
/// passed.
final class WorkGroup {
    private final Map<KernelArray, ArrayContents> arrays = new IdentityHashMap<>();
    private long phase = 1;

    /// The array's contents; it stays where it is when its declaration is met again.
    ArrayContents declare(KernelArray array) {
        return arrays.computeIfAbsent(array, ArrayContents::new);
    }

    long phase() {
        return phase;
    }

    void passBarrier() {
        phase++;
    }
}
