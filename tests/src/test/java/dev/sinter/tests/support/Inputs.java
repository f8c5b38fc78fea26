package dev.sinter.tests.support;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.numeric.IntegerTypes;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// Seeded tensors for a network's inputs.
@NullMarked
public final class Inputs {
    private Inputs() {}

    private static final long LARGEST_INTEGER = 100;

    /// Standard normal numbers for every input, by name; for those of integers, small ones.
    public static Map<String, Tensor> normal(Graph graph, long seed) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            tensors.put(input.name(), random(input.type(), seed + tensors.size()));
        }
        return tensors;
    }

    private static Tensor random(TensorType type, long seed) {
        if (type.element().isFloating()) {
            return RandomTensors.normal(type, 0, 1, seed);
        }
        double least = IntegerTypes.least(type.element());
        double largest = IntegerTypes.largest(type.element());
        return RandomTensors.integers(
                type, (long) Math.max(least, -LARGEST_INTEGER), (long) Math.min(largest, LARGEST_INTEGER), seed);
    }
}
