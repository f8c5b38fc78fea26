package dev.sinter.ir.numeric;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.TensorType;

/// How long an array must be to hold a tensor.
final class HeapArrays {
    /// The longest array that HotSpot allocates.
    private static final long LONGEST = Integer.MAX_VALUE - 8;

    private HeapArrays() {}

    static int length(TensorType type) {
        long elements = type.shape().elements();
        if (elements > LONGEST) {
            throw new CompileException(
                    Code.DEVICE_MEMORY,
                    "oracle",
                    type + " has " + elements + " elements but the oracle holds at most " + LONGEST,
                    "judge the network with a smaller batch");
        }
        return (int) elements;
    }
}
