package dev.sinter.ir.verify;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.IntegerRange;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A network in which no kernel can round: integers from -8 to 8 in place of weights, so that every sum of products
/// stays below 2^24 and is exact in float32 in any order. A single weight that is dropped or misplaced then shows.
///
/// Functions that would hide such an error by saturating, or that no integer passes exactly, are replaced by simple
/// ones: sigmoid, tanh and the like by relu; clip by clip at its lower limit only; batch norm gets variance 1 and
/// epsilon 0. The structure, and so what is fused with what, stays.
public final class ExactNetwork {
    private ExactNetwork() {}

    /// The network with integers from `seed` for its floating-point constants. Values stay the same objects.
    public static Graph of(Graph graph, long seed) {
        Map<Value, Tensor> constants = new LinkedHashMap<>();
        long number = 0;
        for (Map.Entry<Value, Tensor> constant : graph.constants().entrySet()) {
            number++;
            boolean floating = constant.getKey().type().element().isFloating();
            constants.put(
                    constant.getKey(),
                    floating ? replacement(graph, constant.getKey(), seed * 1_000_003 + number) : constant.getValue());
        }
        List<Node> nodes = graph.nodes().stream()
                .map(node -> new Node(node.name(), node.op().onIntegers(), node.inputs(), node.outputs()))
                .toList();
        return graph.with(constants, nodes);
    }

    /// Integers from -8 to 8, or truth values.
    static Tensor integers(TensorType type, long seed) {
        if (type.element() == ElementType.BOOL) {
            return RandomTensors.integers(type, 0, 1, seed);
        }
        return RandomTensors.integers(type, IntegerRange.SMALL.least(), IntegerRange.SMALL.most(), seed);
    }

    /// Drawn from the range of the first reader that asks for one of its own.
    private static Tensor replacement(Graph graph, Value value, long seed) {
        IntegerRange range = graph.consumers(value).stream()
                .map(reader -> reader.op().integersFor(reader.inputs().indexOf(value)))
                .filter(asked -> !asked.equals(IntegerRange.SMALL))
                .findFirst()
                .orElse(IntegerRange.SMALL);
        return RandomTensors.integers(value.type(), range.least(), range.most(), seed);
    }
}
