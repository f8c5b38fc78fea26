package dev.sinter.ir.graph;

import dev.sinter.ir.diag.MemoryLimit;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// A constant that has been read but whose elements may still have to be made.
///
/// @param at where a message says that it cannot be
/// @param madeBytes how much memory it takes beyond what the text holds
record PendingConstant(Token at, long madeBytes, Supplier<Tensor> tensor) {
    /// How many bytes one text may make of a few words such as `random 1`: as many as an imported file may.
    static final long MOST_BYTES = 4L << 30;

    /// One whose elements stand in the text.
    static PendingConstant written(Token at, Tensor tensor) {
        return new PendingConstant(at, 0, () -> tensor);
    }

    static PendingConstant of(Token at, TensorType type, Supplier<Tensor> tensor) {
        return new PendingConstant(at, type.bytes(), tensor);
    }

    /// All tensors, if together they are not too large.
    ///
    /// @throws dev.sinter.ir.diag.CompileException if they are, or memory is short
    static Map<Value, Tensor> made(Map<Value, PendingConstant> pending, Lexer tokens) {
        long bytes = 0;
        for (PendingConstant constant : pending.values()) {
            bytes += constant.madeBytes;
            if (bytes > MOST_BYTES) {
                throw tokens.fault(
                        constant.at,
                        "the constants up to here take " + bytes + " bytes but a text may make " + MOST_BYTES,
                        "write fewer or smaller constants");
            }
            MemoryLimit.require(bytes, tokens.place(constant.at), "making the constants up to here");
        }
        Map<Value, Tensor> made = new LinkedHashMap<>();
        pending.forEach((value, constant) -> made.put(value, constant.make(value.type(), tokens)));
        return made;
    }

    private Tensor make(TensorType type, Lexer tokens) {
        return allocating(at, type, tokens, tensor);
    }

    /// Runs what takes as much memory as a tensor of this type.
    static Tensor allocating(Token at, TensorType type, Lexer tokens, Supplier<Tensor> tensor) {
        try {
            return tensor.get();
        } catch (OutOfMemoryError _) {
            // Thrown before anything is taken, when native memory is asked for, so that going on is safe.
            throw tokens.fault(at, "a constant of type " + type + " does not fit into this process's memory", null);
        }
    }
}
