package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.numeric.Winograd;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.WinogradConv;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts Winograd's algorithm in place of 3x3 convolutions whose weights are constant: the weights are transformed in
/// double, and rounded once. Whether it pays depends on the device, so it is no standard pass; the planner tries it.
public record UseWinograd(Winograd algorithm) implements Rule {
    @Override
    public String name() {
        return "use-winograd-" + algorithm.tile();
    }

    @Override
    public Optional<Patch> apply(Graph graph, Node node) {
        return instead(graph, node)
                .map(winograd -> Patch.replace(winograd).withConstant(winograd.input(1), weights(graph, node)));
    }

    /// The node that computes the same; its weights are a new value, for which [#weights] are to be made.
    public Optional<Node> instead(Graph graph, Node node) {
        if (!(node.op() instanceof Conv conv) || graph.constant(node.input(1)).isEmpty()) {
            return Optional.empty();
        }
        Shape weights = node.input(1).type().shape();
        // Its sums and differences are more than float16 has bits for.
        ElementType element = node.output().type().element();
        if (!element.isFloating()
                || element == ElementType.FLOAT16
                || !Winograd.computes(conv.window(weights), conv.groups())
                || node.output().type().shape().elements() == 0
                || weights.elements() == 0) {
            return Optional.empty();
        }
        long points = algorithm.points();
        TensorType type = node.input(1).type().withShape(Shape.of(weights.dim(0), points, points, weights.dim(1)));
        List<Value> inputs = new ArrayList<>(node.inputs());
        inputs.set(1, new Value(node.input(1).name() + ".winograd", type));
        return Optional.of(
                new Node(node.name(), new WinogradConv(algorithm.tile(), conv.pads()), inputs, node.outputs()));
    }

    /// G g Gᵀ for each output and input channel of a convolution.
    public Tensor weights(Graph graph, Node node) {
        Tensor weights = graph.constant(node.input(1)).orElseThrow();
        double[][] matrix = algorithm.weights();
        int points = algorithm.points();
        long outputs = weights.shape().dim(0);
        long channels = weights.shape().dim(1);
        Tensor transformed = Tensor.allocate(weights.type().withShape(Shape.of(outputs, points, points, channels)));
        double[][] half = new double[points][Winograd.WINDOW];
        for (long pair = 0; pair < outputs * channels; pair++) {
            long first = pair * Winograd.WINDOW * Winograd.WINDOW;
            for (int a = 0; a < points; a++) {
                for (int column = 0; column < Winograd.WINDOW; column++) {
                    double sum = 0;
                    for (int row = 0; row < Winograd.WINDOW; row++) {
                        sum += matrix[a][row] * weights.get(first + row * Winograd.WINDOW + column);
                    }
                    half[a][column] = sum;
                }
            }
            for (int a = 0; a < points; a++) {
                for (int b = 0; b < points; b++) {
                    double sum = 0;
                    for (int column = 0; column < Winograd.WINDOW; column++) {
                        sum += half[a][column] * matrix[b][column];
                    }
                    long place = (pair / channels * points + a) * points + b;
                    transformed.set(place * channels + pair % channels, sum);
                }
            }
        }
        return transformed;
    }
}
