package dev.sinter.tests.support;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.NullMarked;

/// Networks that are wrong in one place.
@NullMarked
public final class ChangedConstant {
    private ChangedConstant() {}

    /// The network with one element of a constant changed.
    public static Graph of(Graph graph, Value constant, long place, DoubleUnaryOperator change) {
        Map<Value, Tensor> constants = new LinkedHashMap<>(graph.constants());
        Tensor original = graph.constant(constant).orElseThrow();
        Tensor copy = Tensor.allocate(original.type());
        MemorySegment.copy(original.data(), 0, copy.data(), 0, original.data().byteSize());
        copy.set(place, change.applyAsDouble(copy.get(place)));
        constants.put(constant, copy);
        return graph.with(constants, graph.nodes());
    }
}
