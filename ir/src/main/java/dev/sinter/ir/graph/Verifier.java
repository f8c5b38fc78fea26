package dev.sinter.ir.graph;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Says whether a graph is valid: every value is defined once, before it is read; names are unique; types are those
/// that the operators infer; constants have the type of their value.
public final class Verifier {
    private final Graph graph;
    private final Set<Value> defined = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, String> names = new HashMap<>();

    private Verifier(Graph graph) {
        this.graph = graph;
    }

    /// @throws CompileException at the first thing that is wrong
    public static void verify(Graph graph) {
        new Verifier(graph).check();
    }

    private void check() {
        for (Value input : graph.inputs()) {
            define(input, "graph input");
        }
        for (Map.Entry<Value, Tensor> constant : graph.constants().entrySet()) {
            define(constant.getKey(), "constant");
            claim(
                    constant.getKey(),
                    constant.getValue().type(),
                    "constant " + constant.getKey().name());
        }
        for (Node node : graph.nodes()) {
            for (Value input : node.inputs()) {
                if (!defined.contains(input)) {
                    throw new CompileException(
                            Code.GRAPH_UNKNOWN_VALUE,
                            node.label(),
                            "reads " + input + ", which nothing before it defines",
                            "nodes are listed after what they read; a cycle cannot be listed so");
                }
            }
            requireKnownExtents(node);
            List<TensorType> types = Node.inferTypes(node.name(), node.op(), node.inputs());
            if (types.size() != node.outputs().size()) {
                throw new CompileException(
                        Code.GRAPH_STRUCTURE,
                        node.label(),
                        "has " + node.outputs().size() + " outputs but the operator yields " + types.size(),
                        null);
            }
            for (int i = 0; i < types.size(); i++) {
                define(node.outputs().get(i), node.label());
                claim(node.outputs().get(i), types.get(i), node.label());
            }
        }
        if (graph.outputs().isEmpty()) {
            throw new CompileException(Code.GRAPH_STRUCTURE, graph.name(), "has no outputs but needs at least 1", null);
        }
        for (Value output : graph.outputs()) {
            if (!defined.contains(output)) {
                throw new CompileException(
                        Code.GRAPH_UNKNOWN_VALUE, graph.name(), "yields " + output + ", which nothing defines", null);
            }
        }
    }

    /// Kernels are made for one shape.
    private void requireKnownExtents(Node node) {
        if (node.op().runsOnHost()) {
            return;
        }
        for (Value input : node.inputs()) {
            if (graph.isOpen(input)) {
                throw new CompileException(
                        Code.SHAPE_OPEN,
                        node.label(),
                        "reads " + input + ", which is that large at most: its extents are known only once "
                                + graph.producer(input).map(Node::label).orElse(input.name())
                                + " has run, but a kernel is made for one shape",
                        "make it an output of the network, and do the rest after the run");
            }
        }
    }

    private void define(Value value, String by) {
        String earlier = names.putIfAbsent(value.name(), by);
        if (!defined.add(value) || earlier != null) {
            throw new CompileException(
                    Code.GRAPH_DUPLICATE,
                    by,
                    "defines " + value + ", but " + earlier + " defined that name already",
                    "every value has a name of its own");
        }
    }

    private static void claim(Value value, TensorType inferred, String where) {
        if (!value.type().equals(inferred)) {
            throw new CompileException(
                    Code.GRAPH_TYPE_CLAIM, where, value + " is claimed but the operator yields " + inferred, null);
        }
    }
}
