package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gathers the nodes and constants that stand in place of one node, and names them after it.
final class NodesInstead {
    private final Node original;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Value, Tensor> constants = new LinkedHashMap<>();

    NodesInstead(Node original) {
        this.original = original;
    }

    /// A node of its own, and what it yields.
    Value add(String name, Op op, Value... inputs) {
        Node node = Node.infer(original.name() + "." + name, op, List.of(inputs));
        nodes.add(node);
        return node.output();
    }

    Value constant(String name, Tensor tensor) {
        Value value = new Value(original.name() + "." + name, tensor.type());
        constants.put(value, tensor);
        return value;
    }

    /// Integers as 32-bit ones.
    Value wide(String name, Value integers) {
        return integers.type().element() == ElementType.INT32
                ? integers
                : add(name, new Cast(ElementType.INT32), integers);
    }

    /// Ends with the node that yields what the original did.
    Patch finish(Op op, Value... inputs) {
        nodes.add(new Node(original.name(), op, List.of(inputs), original.outputs()));
        return new Patch(nodes, constants, Map.of());
    }
}
