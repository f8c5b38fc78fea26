package dev.sinter.cli.inspect;

import dev.sinter.ir.exec.Program;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A compiled network in the language of Graphviz: a box around the layers of each kernel.
///
/// Language: <https://graphviz.org/doc/info/lang.html>
public final class DotGraph {
    private final Graph graph;
    private final Map<Object, String> ids = new HashMap<>();
    private final StringBuilder text = new StringBuilder();

    private DotGraph(Graph graph) {
        this.graph = graph;
    }

    public static String of(Program program) {
        DotGraph dot = new DotGraph(program.plan().graph());
        dot.write(program);
        return dot.text.toString();
    }

    private void write(Program program) {
        text.append("digraph ").append(quoted(graph.name())).append(" {\n");
        text.append("  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\"];\n");
        text.append("  edge [fontname=\"sans-serif\", fontsize=10];\n");
        graph.inputs().forEach(input -> terminal("  ", input));
        Set<Node> boxed = new HashSet<>();
        int cluster = 0;
        for (Step step : program.plan().steps()) {
            text.append("  subgraph cluster_").append(cluster++).append(" {\n");
            text.append("    label=")
                    .append(quoted(
                            step.runsOnHost()
                                    ? "on the host"
                                    : step.kernels().stream().map(Kernel::name).collect(Collectors.joining(", "))))
                    .append("; style=filled; color=lightgrey;\n");
            step.cluster().nodes().forEach(node -> node("    ", node, ""));
            boxed.addAll(step.cluster().nodes());
            text.append("  }\n");
        }
        graph.nodes().stream()
                .filter(node -> !boxed.contains(node))
                .forEach(node -> node("  ", node, ", style=dashed"));
        graph.nodes()
                .forEach(node -> node.inputs().stream()
                        .filter(input -> graph.constant(input).isEmpty())
                        .forEach(input -> edge(input, id(node))));
        int output = 0;
        for (Value value : graph.outputs()) {
            String id = "output" + output++;
            text.append("  ")
                    .append(id)
                    .append(" [label=")
                    .append(quoted(value.name()))
                    .append(", shape=ellipse];\n");
            edge(value, id);
        }
        text.append("}\n");
    }

    private void terminal(String indent, Value input) {
        text.append(indent)
                .append(id(input))
                .append(" [label=")
                .append(quoted(input.name()))
                .append(", shape=ellipse];\n");
    }

    private void node(String indent, Node node, String more) {
        text.append(indent)
                .append(id(node))
                .append(" [label=")
                .append(quoted(node.name() + "\n" + node.op().mnemonic()))
                .append(more)
                .append("];\n");
    }

    private void edge(Value value, String to) {
        String from = graph.producer(value).map(this::id).orElseGet(() -> id(value));
        text.append("  ")
                .append(from)
                .append(" -> ")
                .append(to)
                .append(" [label=")
                .append(quoted(value.type().shape().toString()))
                .append("];\n");
    }

    private String id(Object thing) {
        return ids.computeIfAbsent(thing, _ -> "n" + ids.size());
    }

    private static String quoted(String label) {
        return '"' + label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
