package dev.sinter.ir.gradient;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A graph with its backward half.
///
/// @param graph everything of the given graph, then the backward nodes; its outputs are those of the given graph, then
///     one gradient per value that was asked for
/// @param gradients for each value that was asked for the value that holds its gradient, in the order of asking
public record Differentiated(Graph graph, Map<Value, Value> gradients) {
    public Differentiated {
        gradients = Collections.unmodifiableMap(new LinkedHashMap<>(gradients));
    }
}
