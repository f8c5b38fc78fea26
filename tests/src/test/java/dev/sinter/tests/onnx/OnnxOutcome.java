package dev.sinter.tests.onnx;

import dev.sinter.ir.diag.CompileException;
import org.jspecify.annotations.NullMarked;

/// What became of one of ONNX's own tests. Not supported is neither passed nor failed.
@NullMarked
sealed interface OnnxOutcome {
    record Passed() implements OnnxOutcome {}

    record Unsupported(CompileException why) implements OnnxOutcome {}

    record Failed(String why) implements OnnxOutcome {}
}
