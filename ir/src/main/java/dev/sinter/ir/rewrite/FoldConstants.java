package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.Effort;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.type.Tensor;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Computes at compile time what depends on constants alone, in double, rounded once per node.
///
/// Left alone are outputs of the graph, which a program must write anyway, and results far larger than what they are
/// made from, which would only take memory.
public record FoldConstants() implements Pass {
    /// Below this a result may be any number of times larger than what it is made from.
    private static final long SMALL = 1 << 16;

    private static final long LARGEST = 1 << 26;
    private static final long GROWTH = 4;

    /// How many element operations are taken at most, and how many more for each element of the network's constants.
    private static final long WORK = 1L << 28;

    private static final long WORK_PER_ELEMENT = 16;

    @Override
    public String name() {
        return "fold-constants";
    }

    @Override
    public Graph apply(Graph graph) {
        Rewrite rewrite = new Rewrite(graph);
        Map<Value, Tensor> known = new HashMap<>(graph.constants());
        Effort effort = new Effort(
                WORK + (double) WORK_PER_ELEMENT * elements(graph.constants().keySet()));
        for (Node node : graph.nodes()) {
            if (!known.keySet().containsAll(node.inputs())
                    || node.outputs().stream().anyMatch(output -> graph.isOutput(output) || graph.isOpen(output))
                    || growsTooMuch(node)
                    || !effort.spend(Effort.of(
                            node.op(),
                            node.signature().inputs(),
                            node.signature().outputs()))) {
                continue;
            }
            Map<Value, Tensor> results =
                    evaluate(node, node.inputs().stream().map(known::get).toList());
            rewrite.replace(node, Patch.constants(results));
            known.putAll(results);
        }
        return rewrite.finish();
    }

    private static boolean growsTooMuch(Node node) {
        long read = elements(node.inputs());
        long made = elements(node.outputs());
        return made > LARGEST || made > SMALL && made > GROWTH * read;
    }

    private static long elements(Collection<Value> values) {
        return values.stream()
                .mapToLong(value -> value.type().shape().elements())
                .sum();
    }

    private static Map<Value, Tensor> evaluate(Node node, List<Tensor> inputs) {
        Map<Value, Tensor> results = new LinkedHashMap<>();
        if (node.op() instanceof Reshape || node.op().isIdentity(node.signature())) {
            // The same memory: weights may be large.
            results.put(
                    node.output(),
                    inputs.getFirst().reshaped(node.output().type().shape()));
            return results;
        }
        List<TensorView> outputs = node.op()
                .results(Rounding.none(), inputs.stream().map(TensorView::of).toList());
        for (int i = 0; i < outputs.size(); i++) {
            results.put(node.outputs().get(i), outputs.get(i).rounded());
        }
        return results;
    }
}
