package dev.sinter.tests.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class AgreementTest {
    private static Map<String, Tensor> outputs(double... values) {
        Tensor tensor = Tensor.allocate(TensorType.float32(values.length, 1));
        for (int i = 0; i < values.length; i++) {
            tensor.set(i, values[i]);
        }
        return Map.of("y", tensor);
    }

    private static Optional<String> fault(double... ours) {
        return Agreement.of(outputs(1), outputs(1.00001, 2)).findFault(outputs(ours));
    }

    @Test
    void thirty_times_as_far_is_far_enough() {
        assertEquals(Optional.empty(), fault(1.0002, 2));
        assertEquals(Optional.empty(), fault(1, 2.0002));
    }

    @Test
    void what_is_further_off_is_told() {
        assertTrue(fault(1.001, 2).orElseThrow().contains("double arithmetic"));
        assertTrue(fault(Double.NaN, 2).orElseThrow().contains("double arithmetic"));
    }

    /// Of later samples nobody computed what is exact.
    @Test
    void later_samples_are_held_against_onnx_runtime() {
        assertTrue(fault(1, 2.001).orElseThrow().contains("ONNX Runtime"));
    }
}
