package dev.sinter.ir.plan;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Role;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.type.Shape;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Nodes that are compiled together because only the last one's result is needed outside.
public record Cluster(List<Node> nodes) {
    public Cluster {
        nodes = List.copyOf(nodes);
    }

    /// The same with other nodes in place of one.
    Cluster with(Node node, List<Node> instead) {
        return new Cluster(nodes.stream()
                .flatMap(other -> other == node ? instead.stream() : Stream.of(other))
                .toList());
    }

    public Node last() {
        return nodes.getLast();
    }

    public Value output() {
        return last().output();
    }

    /// All that the nodes read and none of them computes, constants too, each once.
    public Set<Value> inputs() {
        Set<Value> read = new LinkedHashSet<>();
        nodes.forEach(node -> read.addAll(node.inputs()));
        nodes.forEach(node -> node.outputs().forEach(read::remove));
        return read;
    }

    /// All that the last node computes; other values are not seen outside.
    public List<Value> outputs() {
        return last().outputs();
    }

    public boolean has(Role role) {
        return nodes.stream().anyMatch(node -> node.op().role() == role);
    }

    /// One node that no kernel computes.
    public boolean runsOnHost() {
        return last().op().runsOnHost();
    }

    /// A reshape by itself, which needs no kernel where the bytes may stay.
    public boolean isReshape() {
        return nodes.size() == 1 && last().op().role() == Role.RESHAPE;
    }

    /// The stages of all nodes, each reading its neighbours' stages instead of memory.
    public Group group() {
        if (runsOnHost()) {
            Map<Stage, Source> results = new LinkedHashMap<>();
            outputs().forEach(output -> results.put(nothing(output), output));
            return Group.of(last().name(), results);
        }
        if (output().type().shape().elements() == 0) {
            return Group.of(last().name(), output(), nothing(output()));
        }
        Map<Value, Access> known = new IdentityHashMap<>();
        Map<Stage, Source> outputs = new LinkedHashMap<>();
        for (Node node : nodes) {
            List<Access> inputs = node.inputs().stream()
                    .map(input -> known.getOrDefault(input, Access.of(input)))
                    .toList();
            List<Stage> stages = stages(node, inputs);
            outputs.clear();
            for (int output = 0; output < stages.size(); output++) {
                known.put(node.outputs().get(output), Access.of(stages.get(output)));
                outputs.put(stages.get(output), node.outputs().get(output));
            }
        }
        return Group.of(last().name(), outputs);
    }

    /// What stands for a tensor that no kernel computes: one that has no formula, or no elements, so that its formula
    /// may make no sense.
    private Stage nothing(Value output) {
        Shape shape = output.type().shape();
        return Stage.map(
                last().op().mnemonic(),
                Stage.axesOf(shape, "i"),
                Expr.constant(0, output.type().element()));
    }

    private static List<Stage> stages(Node node, List<Access> inputs) {
        try {
            return node.op().compute(node.signature(), inputs);
        } catch (CompileException fault) {
            throw fault.at(node.label());
        }
    }
}
