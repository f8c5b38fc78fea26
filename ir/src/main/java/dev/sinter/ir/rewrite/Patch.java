package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What to put in place of one node, so that its outputs are computed in another way. What nobody reads any more once
/// the node has gone goes with it: nodes above it, and constants.
///
/// Names of new values and constants are wishes: where one is taken, a number is added.
///
/// @param nodes stand where the node stood; they yield its outputs, but for those that `constants` and `same` speak of
/// @param constants new constants, and outputs of the node that turned out to be constant
/// @param same outputs of the node that are other values, which stand before it, under another name; their uses become
///     uses of those. An output of the graph keeps its name: the other value is then computed under this one, or,
///     where that cannot be (it is an input, a constant or an output itself), the patch is not applied
public record Patch(List<Node> nodes, Map<Value, Tensor> constants, Map<Value, Value> same) {
    public Patch {
        nodes = List.copyOf(nodes);
        constants = new LinkedHashMap<>(constants);
        same = new LinkedHashMap<>(same);
    }

    /// These nodes instead, in an order in which each comes after what it reads.
    public static Patch replace(Node... nodes) {
        return new Patch(List.of(nodes), Map.of(), Map.of());
    }

    /// Nothing instead: `output` is `value` already.
    public static Patch forward(Value output, Value value) {
        return new Patch(List.of(), Map.of(), Map.of(output, value));
    }

    /// Nothing instead: the outputs are known.
    public static Patch constants(Map<Value, Tensor> constants) {
        return new Patch(List.of(), constants, Map.of());
    }

    /// The same, and this node after those there are.
    public Patch withNode(Node node) {
        List<Node> more = new ArrayList<>(nodes);
        more.add(node);
        return new Patch(more, constants, same);
    }

    public Patch withConstant(Value value, Tensor tensor) {
        Patch patch = new Patch(nodes, constants, same);
        patch.constants.put(value, tensor);
        return patch;
    }
}
