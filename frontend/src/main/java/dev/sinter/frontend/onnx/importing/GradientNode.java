package dev.sinter.frontend.onnx.importing;

import dev.sinter.frontend.onnx.file.Attributes;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Excerpt;
import dev.sinter.ir.gradient.Differentiated;
import dev.sinter.ir.gradient.Gradients;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Identity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// ONNX's operator Gradient, of the domain for training: the gradient of the value that `y` names with respect to those
/// that `xs` names. It says what is wanted of other nodes, so that it becomes no node itself: the finished graph is
/// differentiated. Its inputs are the values for which it is asked; only the network's own are supported, under the
/// names in `xs` and `zs`.
record GradientNode(String place, List<String> xs, String y, List<String> outputs) {
    private static final String DOMAIN = "ai.onnx.preview.training";

    static boolean isOne(NodeProto proto) {
        return proto.getDomain().equals(DOMAIN) && proto.getOpType().equals("Gradient");
    }

    static GradientNode of(NodeProto proto) {
        String place = (proto.getName().isEmpty() ? "gradient" : proto.getName()) + " (Gradient)";
        Attributes attributes = new Attributes(place, proto.getAttributeList());
        List<String> xs = attributes.requiredTexts("xs");
        List<String> fed = new ArrayList<>(xs);
        fed.addAll(attributes.texts("zs").orElse(List.of()));
        String y = attributes.text("y", "");
        attributes.requireAllAsked();
        if (!proto.getInputList().equals(fed)) {
            throw new CompileException(
                    Code.ONNX_OPERATOR,
                    place,
                    "reads " + Excerpt.of(proto.getInputList()) + " in place of " + Excerpt.of(fed)
                            + ", but a gradient is supported only for the values that the network has anyway",
                    "give it inputs that are named as in xs and zs");
        }
        if (proto.getOutputCount() != xs.size()) {
            throw new CompileException(
                    Code.OPERANDS,
                    place,
                    "has " + proto.getOutputCount() + " outputs but xs names " + xs.size() + ": " + Excerpt.of(xs),
                    "there is one gradient for each of xs");
        }
        return new GradientNode(place, xs, y, List.copyOf(proto.getOutputList()));
    }

    /// Whether value `name` is one of the node's, which no other node may read.
    boolean yields(String name) {
        return outputs.contains(name);
    }

    Value differentiatedValue(Map<String, Value> values) {
        return value(y, values);
    }

    /// The graph with the gradients in it, under the names that the file has for them.
    ///
    /// @param values what the names in the file stand for
    /// @param found gets the gradients
    Graph differentiated(Graph graph, Map<String, Value> values, Map<String, Value> found) {
        List<Value> of = xs.stream().map(name -> value(name, values)).toList();
        Differentiated differentiated = Gradients.of(graph, value(y, values), of);
        List<Node> nodes = new ArrayList<>(differentiated.graph().nodes());
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).isEmpty()) {
                continue;
            }
            Value gradient = Objects.requireNonNull(differentiated.gradients().get(of.get(i)));
            Node named = Node.infer(outputs.get(i), new Identity(), List.of(gradient));
            nodes.add(named);
            found.put(outputs.get(i), named.output());
        }
        Graph whole = differentiated.graph();
        return new Graph(whole.name(), whole.inputs(), new LinkedHashMap<>(whole.constants()), nodes, graph.outputs());
    }

    private Value value(String name, Map<String, Value> values) {
        Value value = values.get(name);
        if (value == null) {
            throw new CompileException(
                    Code.GRAPH_UNKNOWN_VALUE,
                    place,
                    "differentiates '" + name + "', which no input, initialiser or node defines",
                    null);
        }
        return value;
    }
}
