package dev.sinter.tests.support;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// Seeded tensors for a network's inputs.
@NullMarked
public final class Inputs {
    private Inputs() {}

    /// Standard normal numbers for every input, by name.
    public static Map<String, Tensor> normal(Graph graph, long seed) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            tensors.put(input.name(), RandomTensors.normal(input.type(), 0, 1, seed + tensors.size()));
        }
        return tensors;
    }
}
