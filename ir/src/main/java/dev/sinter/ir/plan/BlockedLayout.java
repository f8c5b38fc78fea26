package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvWeightGradient;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Shape;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Decides which tensors have their channels in blocks of a vector's lanes (NCHW16c and the like). That makes every
/// access of convolutions and pools a whole vector; operators that look across channels or at the flat order of
/// elements want the plain order.
final class BlockedLayout {
    private final Graph graph;
    private final long lanes;
    private final boolean halos;
    private final Set<Node> bare = Collections.newSetFromMap(new IdentityHashMap<>());

    /// @param clusters all of the network
    BlockedLayout(Graph graph, List<Cluster> clusters, Target target) {
        this.graph = graph;
        clusters.stream().filter(Cluster::isReshape).map(Cluster::last).forEach(bare::add);
        this.lanes = target.kind() == Target.Kind.CPU ? target.vectorLanes() : 1;
        // Without vectors a test costs less than the memory.
        this.halos = lanes > 1 || target.kind() == Target.Kind.GPU;
    }

    Layout of(Value value) {
        Shape shape = value.type().shape();
        boolean blocked = lanes > 1
                && shape.elements() > 0
                && shape.rank() >= 3
                && shape.rank() <= 5
                && !graph.isOutput(value)
                && graph.producer(value).map(node -> suits(node, value)).orElse(false)
                && graph.consumers(value).stream().allMatch(node -> suits(node, value))
                && wastesLittle(shape.dim(1));
        return blocked ? Layout.blocked(shape, 1, lanes) : Layout.rowMajor(shape);
    }

    private boolean wastesLittle(long channels) {
        return channels % lanes == 0 || channels >= 3 * lanes;
    }

    private boolean suits(Node node, Value value) {
        if (node.op().runsOnHost()) {
            return false;
        }
        return switch (node.op().role()) {
            // Weights' gradients have no channels where their operands have them.
            case CONTRACTION ->
                sameRank(node, value)
                        && groupsFillBlocks(node)
                        && !(node.op() instanceof ConvWeightGradient && value == node.output());
            case ELEMENTWISE, WINDOW -> sameRank(node, value);
            case MOVEMENT ->
                node.op() instanceof Concat concat
                        && node.output().type().shape().normaliseAxis(concat.axis()) == 1
                        && node.inputs().stream()
                                .allMatch(input -> input.type().shape().dim(1) % lanes == 0);
            case WHOLE, RESHAPE -> false;
        };
    }

    private static boolean sameRank(Node node, Value value) {
        return node.output().type().shape().rank() == value.type().shape().rank();
    }

    /// False where the lanes of one block belong to several groups of a convolution, which read different channels.
    private boolean groupsFillBlocks(Node node) {
        if (!(node.op() instanceof Conv conv) || conv.groups() == 1) {
            return true;
        }
        long outputs = node.output().type().shape().dim(1);
        return conv.isDepthwise(node.signature()) || outputs / conv.groups() % lanes == 0;
    }

    /// True if the tensor may have room around it: a network's output must not, nor what a reshape or the host sees
    /// as flat.
    boolean mayHaveHalo(Value value) {
        return halos
                && !graph.isOutput(value)
                && graph.constant(value).isEmpty()
                && value.type().shape().elements() > 0
                && value.type().shape().rank() >= 3
                && graph.producer(value).map(this::isNeverFlat).orElse(true)
                && graph.consumers(value).stream().allMatch(this::isNeverFlat);
    }

    /// A reshape that is part of a kernel is a formula like any other.
    private boolean isNeverFlat(Node node) {
        return !bare.contains(node) && !node.op().runsOnHost();
    }
}
