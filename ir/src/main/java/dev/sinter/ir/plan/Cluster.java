package dev.sinter.ir.plan;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Role;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.type.Shape;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Nodes that are compiled together because only the last one's result is needed outside.
public record Cluster(List<Node> nodes) {
    public Cluster {
        nodes = List.copyOf(nodes);
    }

    public Node last() {
        return nodes.getLast();
    }

    public Value output() {
        return last().output();
    }

    public boolean has(Role role) {
        return nodes.stream().anyMatch(node -> node.op().role() == role);
    }

    /// A reshape by itself, which needs no kernel where the bytes may stay.
    public boolean isReshape() {
        return nodes.size() == 1 && last().op().role() == Role.RESHAPE;
    }

    /// The stages of all nodes, each reading its neighbours' stages instead of memory.
    public Group group() {
        if (output().type().shape().elements() == 0) {
            return Group.of(last().name(), output(), nothing());
        }
        Map<Value, Access> known = new IdentityHashMap<>();
        Stage root = null;
        for (Node node : nodes) {
            List<Access> inputs = node.inputs().stream()
                    .map(input -> known.getOrDefault(input, Access.of(input)))
                    .toList();
            root = stage(node, inputs);
            known.put(node.output(), Access.of(root));
        }
        return Group.of(last().name(), output(), java.util.Objects.requireNonNull(root));
    }

    /// What stands for a tensor without elements, whose formula may make no sense.
    private Stage nothing() {
        Shape shape = output().type().shape();
        return Stage.map(
                last().op().mnemonic(),
                Stage.axesOf(shape, "i"),
                Expr.constant(0, output().type().element()));
    }

    private static Stage stage(Node node, List<Access> inputs) {
        try {
            return node.op().compute(node.signature(), inputs).getFirst();
        } catch (CompileException fault) {
            throw fault.at(node.label());
        }
    }
}
