package dev.sinter.tests.operator;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.LeakyRelu;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;

/// Writes graphs into another one.
@NullMarked
public final class GraphCopy {
    /// Halves what is negative, which is exact and can be undone: no element gets lost.
    private static final LeakyRelu HALVE = new LeakyRelu(0.5);

    private final Graph.Builder builder;
    private final String prefix;
    private final Map<Value, Value> copies = new IdentityHashMap<>();

    private GraphCopy(Graph.Builder builder, String prefix) {
        this.builder = builder;
        this.prefix = prefix;
    }

    /// The graph with an elementwise operator before each input and after each output. So its tensors are none of the
    /// network's own, whose layout is given, and it has something to be fused with.
    static Graph surrounded(Graph graph) {
        Graph.Builder builder = Graph.builder(graph.name());
        GraphCopy copy = new GraphCopy(builder, "");
        for (Value input : graph.inputs()) {
            Value outer = builder.input(input.name(), input.type());
            copy.copies.put(input, copy.halved("before_" + input.name(), outer));
        }
        copy.copyBody(graph);
        for (Value output : new LinkedHashSet<>(graph.outputs())) {
            Value inner = copy.of(output);
            builder.output(graph.isOpen(output) ? inner : copy.halved("after_" + output.name(), inner));
        }
        return builder.build();
    }

    /// All samples in one graph, side by side, names prefixed by the sample's.
    public static Graph merged(String name, List<Sample> samples) {
        Graph.Builder builder = Graph.builder(name);
        for (Sample sample : samples) {
            GraphCopy copy = new GraphCopy(builder, sample.name() + ".");
            Graph graph = sample.graph();
            graph.inputs()
                    .forEach(input -> copy.copies.put(input, builder.input(copy.prefix + input.name(), input.type())));
            copy.copyBody(graph);
            graph.outputs().forEach(output -> builder.output(copy.of(output)));
        }
        return builder.build();
    }

    private Value halved(String name, Value value) {
        return value.type().element().isFloating() ? builder.add(name, HALVE, value) : value;
    }

    private void copyBody(Graph graph) {
        graph.constants()
                .forEach((value, tensor) -> copies.put(value, builder.constant(prefix + value.name(), tensor)));
        for (Node node : graph.nodes()) {
            List<Value> inputs = node.inputs().stream().map(this::of).toList();
            Node copy = builder.add(Node.infer(prefix + node.name(), node.op(), inputs));
            for (int output = 0; output < node.outputs().size(); output++) {
                copies.put(node.outputs().get(output), copy.outputs().get(output));
            }
        }
    }

    private Value of(Value original) {
        return Objects.requireNonNull(copies.get(original));
    }
}
