package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts multiplication by a constant per channel, such as by 1/255 for pixels, into the weights of the convolution that
/// alone reads the product. Padding stays right, since zero times anything is zero; for an addition before a
/// convolution it would not, nor would its rounding.
public record FoldInputScale() implements Rule {
    @Override
    public String name() {
        return "fold-input-scale";
    }

    @Override
    public Optional<Patch> apply(Graph graph, Node node) {
        if (!(node.op() instanceof Conv conv) || !graph.hasOneUse(node.input(0))) {
            return Optional.empty();
        }
        Optional<ChannelAffine> scale = graph.producer(node.input(0))
                .filter(FoldInputScale::multiplies)
                .flatMap(above -> ChannelAffine.of(graph, above));
        Optional<Tensor> weights = graph.constant(node.input(1));
        if (scale.isEmpty() || weights.isEmpty()) {
            return Optional.empty();
        }
        return scaled(weights.get(), conv, scale.get().factor())
                .map(folded -> replaced(node, scale.get().input(), folded));
    }

    private static boolean multiplies(Node node) {
        return node.op() instanceof Binary(var kind) && (kind == Binary.Kind.MUL || kind == Binary.Kind.DIV);
    }

    private static Optional<Tensor> scaled(Tensor weights, Conv conv, double[] factor) {
        Shape shape = weights.shape();
        long channelsPerGroup = shape.dim(1);
        long points = shape.strides()[1];
        long perGroup = shape.dim(0) / conv.groups() * shape.strides()[0];
        return WeightedNode.finite(weights.type(), i -> {
            long channel = i / perGroup * channelsPerGroup + i / points % channelsPerGroup;
            return weights.get(i) * factor[(int) channel];
        });
    }

    private static Patch replaced(Node node, Value input, Tensor weights) {
        Value value = new Value(DerivedName.folded(node.input(1).name()), weights.type());
        List<Value> inputs = new ArrayList<>(node.inputs());
        inputs.set(0, input);
        inputs.set(1, value);
        return Patch.replace(node.withInputs(inputs)).withConstant(value, weights);
    }
}
