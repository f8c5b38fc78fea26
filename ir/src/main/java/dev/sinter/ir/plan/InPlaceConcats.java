package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Role;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Concatenations that need no kernel: those whose operands can all be written where they are to be. What is
/// concatenated once more lies in the memory of the last of them.
final class InPlaceConcats {
    /// Batches and channels, along which there are no halos.
    private static final int LAST_AXIS = 1;

    private final Graph graph;
    private final TensorLayouts layouts;
    private final Map<Value, Cluster> producers = new IdentityHashMap<>();
    private final Map<Value, Value> inside = new LinkedHashMap<>();

    private InPlaceConcats(Graph graph, List<Cluster> clusters, TensorLayouts layouts) {
        this.graph = graph;
        this.layouts = layouts;
        clusters.forEach(cluster -> cluster.outputs().forEach(output -> producers.put(output, cluster)));
    }

    /// Gives the operands of such concatenations the layouts of pieces.
    ///
    /// @param clusters all of the network, in order
    /// @param allowed false for those that are to have kernels in any case
    static InPlaceConcats of(Graph graph, List<Cluster> clusters, Predicate<Cluster> allowed, TensorLayouts layouts) {
        InPlaceConcats concats = new InPlaceConcats(graph, clusters, layouts);
        // The last ones first: their operands may be concatenations too.
        clusters.reversed().stream().filter(allowed).forEach(concats::place);
        return concats;
    }

    /// For each operand the concatenation that it is a piece of.
    Map<Value, Value> inside() {
        return inside;
    }

    /// True if the cluster is a concatenation without a kernel.
    boolean isPlaced(Cluster cluster) {
        return inside.containsValue(cluster.output());
    }

    private void place(Cluster cluster) {
        Node node = cluster.last();
        if (cluster.nodes().size() != 1
                || !(node.op() instanceof Concat concat)
                || node.output().type().shape().elements() == 0) {
            return;
        }
        int axis = node.output().type().shape().normaliseAxis(concat.axis());
        Layout whole = layouts.of(node.output());
        List<Layout> pieces = new ArrayList<>();
        long first = 0;
        for (Value operand : node.inputs()) {
            if (axis > LAST_AXIS || !isFree(operand, node) || !fits(operand, axis, first, whole)) {
                return;
            }
            long extent = operand.type().shape().dim(axis);
            pieces.add(whole.piece(axis, first, extent));
            first += extent;
        }
        for (int piece = 0; piece < pieces.size(); piece++) {
            Value operand = node.input(piece);
            inside.put(operand, node.output());
            layouts.join(operand, node.output(), pieces.get(piece));
        }
    }

    /// True if it is nobody else's business where the value lies.
    private boolean isFree(Value value, Node concat) {
        Cluster producer = producers.get(value);
        return producer != null
                && producer.outputs().size() == 1
                && !producer.isReshape()
                && !producer.runsOnHost()
                && value.type().shape().elements() > 0
                && !graph.isOutput(value)
                && !inside.containsKey(value)
                && concat.inputs().stream().filter(value::equals).count() == 1
                && graph.consumers(value).stream()
                        .noneMatch(reader -> reader.op().role() == Role.RESHAPE);
    }

    /// True if the value can lie as a piece of `whole` does: it fills whole blocks, and all of its readers want that
    /// form.
    private boolean fits(Value value, int axis, long first, Layout whole) {
        boolean along = whole.beside().isEmpty() || whole.beside().get().axis() == axis;
        boolean blocks = whole.parts().stream()
                .filter(part -> part.axis() == axis)
                .allMatch(part ->
                        first % part.divisor() == 0 && value.type().shape().dim(axis) % part.divisor() == 0);
        return along && blocks && (graph.hasOneUse(value) || isAlike(layouts.of(value), whole));
    }

    private static boolean isAlike(Layout own, Layout whole) {
        return own.parts().size() == whole.parts().size()
                && IntStream.range(0, own.parts().size()).allMatch(i -> {
                    Layout.Part part = own.parts().get(i);
                    Layout.Part other = whole.parts().get(i);
                    return part.axis() == other.axis()
                            && part.divisor() == other.divisor()
                            && part.wraps() == other.wraps();
                });
    }
}
