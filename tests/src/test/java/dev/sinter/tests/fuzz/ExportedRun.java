package dev.sinter.tests.fuzz;

import ai.onnxruntime.OrtException;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.reference.OnnxRuntime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// What ONNX Runtime makes of a file that Sinter wrote.
@NullMarked
final class ExportedRun {
    private ExportedRun() {}

    /// Empty where it lacks the operator for a type: the IR has more than it does.
    static Optional<Map<String, Tensor>> of(byte[] model, Map<String, Tensor> inputs) {
        try {
            return Optional.of(OnnxRuntime.runUnchanged(model, inputs));
        } catch (OrtException refusal) {
            String message = String.valueOf(refusal.getMessage());
            if (message.contains("NOT_IMPLEMENTED")
                    || message.contains("Type Error: Type 'tensor(int")
                    || message.contains("Could not find an implementation")) {
                return Optional.empty();
            }
            throw new IllegalStateException(message, refusal);
        }
    }
}
