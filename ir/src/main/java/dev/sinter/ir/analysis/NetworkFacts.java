package dev.sinter.ir.analysis;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.type.Shape;
import java.util.List;
import java.util.stream.Collectors;

/// What can be said of a network from its shapes alone, seen from its picture.
///
/// @param picture the input that counts: the first that is floating-point with a batch, channels and one to three
///     dimensions more
/// @param layers convolutions, poolings and fully connected layers, in order
public record NetworkFacts(Graph graph, Value picture, ReceptiveFields fields, List<LayerFacts> layers) {
    private static final int LEAST_RANK = 3;
    private static final int MOST_RANK = 5;

    /// Where a batch normalisation's operands begin that are not learned.
    private static final int FIRST_STATISTIC = 3;

    public NetworkFacts {
        layers = List.copyOf(layers);
    }

    /// @throws CompileException if no input is like a picture
    public static NetworkFacts of(Graph graph) {
        Value picture = picture(graph);
        ReceptiveFields fields = ReceptiveFields.of(graph, picture);
        return new NetworkFacts(
                graph,
                picture,
                fields,
                graph.nodes().stream()
                        .flatMap(node -> LayerReader.read(graph, node, fields).stream())
                        .toList());
    }

    private static Value picture(Graph graph) {
        return graph.inputs().stream()
                .filter(NetworkFacts::isPicture)
                .findFirst()
                .orElseThrow(() -> new CompileException(
                        Code.INPUT_SHAPE,
                        graph.name(),
                        "has no input like a picture: its inputs are "
                                + graph.inputs().stream()
                                        .map(input -> input.name() + " " + input.type())
                                        .collect(Collectors.joining(", "))
                                + " but floating-point [N, C, D...] with 1 to 3 dimensions D is expected",
                        "'sinter inspect' shows any network"));
    }

    private static boolean isPicture(Value input) {
        Shape shape = input.type().shape();
        return input.type().element().isFloating()
                && shape.rank() >= LEAST_RANK
                && shape.rank() <= MOST_RANK
                && shape.elements() > 0;
    }

    /// All that is learned: every constant that a layer is weighted, shifted or scaled by. The means and variances of
    /// batch normalisation are not learned but counted, and so left out, as is usual.
    public long parameters() {
        return graph.constants().keySet().stream()
                .filter(value -> value.type().element().isFloating())
                .filter(value -> !graph.consumers(value).stream().allMatch(node -> isStatistic(node, value)))
                .mapToLong(value -> value.type().shape().elements())
                .sum();
    }

    private static boolean isStatistic(Node node, Value value) {
        return node.op() instanceof BatchNormalization
                && node.inputs().subList(FIRST_STATISTIC, node.inputs().size()).contains(value);
    }

    /// Whether any layer slides a window of weights.
    public boolean isConvolutional() {
        return layers.stream()
                .anyMatch(layer -> layer.kind() == LayerFacts.Kind.CONVOLUTION
                        || layer.kind() == LayerFacts.Kind.TRANSPOSED_CONVOLUTION);
    }
}
