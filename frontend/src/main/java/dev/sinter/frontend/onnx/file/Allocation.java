package dev.sinter.frontend.onnx.file;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.MemoryLimit;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/// Memory of a size that a file asks for. What cannot be had is the file's fault: one block that fails leaves the
/// virtual machine as sound as before.
public final class Allocation {
    private Allocation() {}

    public static MemorySegment bytes(long bytes, String place) {
        return guarded(bytes, place, () -> Arena.ofAuto().allocate(bytes, 64));
    }

    public static Tensor tensor(TensorType type, String place) {
        return guarded(type.bytes(), place, () -> Tensor.allocate(type));
    }

    /// Runs what takes as much memory.
    public static <T> T guarded(long bytes, String place, Supplier<T> work) {
        MemoryLimit.require(bytes, place, "its data");
        try {
            return work.get();
        } catch (OutOfMemoryError fault) {
            throw tooLarge(bytes, place, fault);
        }
    }

    private static CompileException tooLarge(long bytes, String place, OutOfMemoryError fault) {
        return new CompileException(
                Code.ONNX_TENSOR,
                place,
                "needs " + bytes + " bytes, which there are not: " + fault.getMessage(),
                "raise -Xmx",
                fault);
    }
}
