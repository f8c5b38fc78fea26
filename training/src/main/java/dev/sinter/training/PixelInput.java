package dev.sinter.training;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Networks that take pixels as they are in pictures, from 0 to 255: who uses one need not know how it was trained.
public final class PixelInput {
    private static final double SCALE = 1 / 255.0;

    private PixelInput() {}

    /// The network behind a product that takes pixels to 0 to 1; a convolution absorbs it when compiled.
    ///
    /// @param network of one input
    public static Graph of(Graph network) {
        Value image = network.inputs().getFirst();
        Graph.Builder graph = Graph.builder(network.name());
        Value pixels = graph.input(image.name(), image.type());
        Value scale = graph.constant(
                image.name() + ".scale",
                Tensor.filled(TensorType.of(image.type().element()), SCALE));
        Value scaled = graph.add(image.name() + ".scaled", new Binary(Binary.Kind.MUL), pixels, scale);
        network.constants().forEach((constant, tensor) -> graph.put(constant, tensor));
        for (Node node : network.nodes()) {
            List<Value> inputs = new ArrayList<>(node.inputs());
            inputs.replaceAll(input -> input == image ? scaled : input);
            graph.add(node.withInputs(inputs));
        }
        return graph.output(network.outputs().toArray(Value[]::new)).build();
    }
}
