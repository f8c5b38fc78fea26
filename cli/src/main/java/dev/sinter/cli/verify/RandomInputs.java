package dev.sinter.cli.verify;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Inputs for a network when none are at hand: the same seed gives the same bits everywhere.
public final class RandomInputs {
    private static final long MOST = 127;

    private RandomInputs() {}

    /// Normally distributed numbers, or integers from 0 to 127 where the network takes integers.
    public static Map<String, Tensor> of(List<Value> inputs, long seed) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Value input : inputs) {
            tensors.put(input.name(), tensor(input.type(), RandomTensors.seedFor(seed, input.name())));
        }
        return tensors;
    }

    private static Tensor tensor(TensorType type, long seed) {
        return switch (type.element()) {
            case FLOAT16, FLOAT32, FLOAT64 -> RandomTensors.normal(type, 0, 1, seed);
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 ->
                RandomTensors.integers(type, 0, MOST, seed);
            case BOOL -> RandomTensors.integers(type, 0, 1, seed);
        };
    }
}
