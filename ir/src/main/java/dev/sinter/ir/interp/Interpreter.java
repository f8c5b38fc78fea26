package dev.sinter.ir.interp;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.diag.MemoryLimit;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Tensor;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The oracle: runs a graph node by node, in double and with bounds. Between nodes nothing is rounded.
///
/// @param graph a valid graph, as a rule the imported one
/// @param rounding how the kernels round that are to be judged; [Rounding#none()] for values without bounds
/// @param roundedConstants constants that a compiler may have rounded once more, as part of others that it computed
///     from them
public record Interpreter(Graph graph, Rounding rounding, Set<Value> roundedConstants) {
    public Interpreter {
        roundedConstants = Set.copyOf(roundedConstants);
    }

    public Interpreter(Graph graph, Rounding rounding) {
        this(graph, rounding, Set.of());
    }

    /// The outputs, by name, that exact arithmetic gives, rounded once to their element type.
    ///
    /// @throws CompileException if an input is missing, unknown, or of another type
    public static Map<String, Tensor> run(Graph graph, Map<String, Tensor> inputs) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        new Interpreter(graph, Rounding.none())
                .evaluate(inputs)
                .forEach((value, view) -> outputs.put(value.name(), view.rounded()));
        return outputs;
    }

    /// The graph's outputs, with bounds that count every rounding from the inputs on.
    ///
    /// @throws CompileException if an input is missing, unknown, or of another type
    public Map<Value, TensorView> evaluate(Map<String, Tensor> inputs) {
        return between(GraphInputs.byValue(graph, inputs), graph.outputs());
    }

    /// One value from others, running only the nodes between them.
    ///
    /// @throws CompilerFault if the value depends on a graph input that is not known
    public TensorView between(Map<Value, Tensor> known, Value wanted) {
        return between(known, List.of(wanted)).values().iterator().next();
    }

    /// Values from others that are known to the bit, for example because a device produced them: their bounds are zero.
    /// Runs only the nodes between. A wanted value is computed even if it is known as well.
    ///
    /// @throws CompilerFault if a wanted value depends on a graph input that is not known
    public Map<Value, TensorView> between(Map<Value, Tensor> known, Collection<Value> wanted) {
        Map<Value, TensorView> exact = new HashMap<>();
        known.forEach((value, tensor) -> exact.put(value, TensorView.of(tensor)));
        return from(exact, wanted);
    }

    /// As [#between(Map, Collection)], from values with bounds.
    public Map<Value, TensorView> from(Map<Value, TensorView> known, Collection<Value> wanted) {
        Map<Value, TensorView> views = new HashMap<>();
        graph.constants().forEach((value, tensor) -> views.put(value, constant(value, tensor)));
        views.putAll(known);
        wanted.stream().filter(value -> graph.producer(value).isPresent()).forEach(views::remove);
        Set<Node> needed = needed(views.keySet(), wanted);
        Map<Value, Integer> readers = readers(needed);
        for (Node node : graph.nodes()) {
            if (!needed.contains(node)) {
                continue;
            }
            evaluate(node, views);
            for (Value input : node.inputs()) {
                if (readers.merge(input, -1, Integer::sum) == 0 && !wanted.contains(input)) {
                    views.remove(input);
                }
            }
        }
        Map<Value, TensorView> results = new LinkedHashMap<>();
        wanted.forEach(value -> results.put(value, views.get(value)));
        return results;
    }

    private TensorView constant(Value value, Tensor tensor) {
        double unit = rounding.unit(tensor.type().element());
        if (!roundedConstants.contains(value) || unit == 0) {
            return TensorView.of(tensor);
        }
        TensorView rounded = TensorView.allocate(tensor.type());
        long elements = tensor.shape().elements();
        for (long i = 0; i < elements; i++) {
            rounded.set(i, tensor.get(i), unit * Math.abs(tensor.get(i)));
        }
        return rounded;
    }

    /// The nodes through which `wanted` depends on `known`.
    private Set<Node> needed(Set<Value> known, Collection<Value> wanted) {
        graph.lacking(known, wanted).stream().findFirst().ifPresent(value -> {
            throw new CompilerFault("the oracle needs " + value + " of " + graph.name() + ", which is not known");
        });
        return graph.between(known, wanted);
    }

    private static Map<Value, Integer> readers(Set<Node> nodes) {
        Map<Value, Integer> readers = new HashMap<>();
        for (Node node : nodes) {
            node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
        }
        return readers;
    }

    /// A value and its bound, each in double.
    private static long viewBytes(Node node) {
        return Stream.concat(node.inputs().stream(), node.outputs().stream())
                .mapToLong(value -> 2L * Double.BYTES * value.type().shape().elements())
                .sum();
    }

    private void evaluate(Node node, Map<Value, TensorView> views) {
        try {
            MemoryLimit.require(viewBytes(node), node.label(), "what the oracle reads and writes there");
            List<TensorView> inputs = node.inputs().stream().map(views::get).toList();
            List<TensorView> outputs = node.op().results(rounding, inputs);
            for (int i = 0; i < outputs.size(); i++) {
                views.put(node.outputs().get(i), outputs.get(i));
            }
        } catch (CompileException fault) {
            throw fault.at(node.label());
        }
    }
}
