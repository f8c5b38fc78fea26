package dev.sinter.cli.explain;

import dev.sinter.cli.explain.Page.Block;
import dev.sinter.cli.explain.Page.Section;
import dev.sinter.cli.terminal.TextTable.Column;
import dev.sinter.ir.analysis.Extent;
import dev.sinter.ir.analysis.LayerFacts;
import dev.sinter.ir.analysis.LayerFacts.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// How many numbers a network learns, and how few that is.
final class WeightSections {
    private static final String DENSE = "A fully connected layer learns a weight for every pair of its D inputs and K"
            + " outputs, and one bias for each output.";

    private WeightSections() {}

    static Section parameters(Explanation explanation) {
        boolean convolutional = explanation.facts().isConvolutional();
        Block.Table table = new Block.Table(
                Column.text("LAYER"),
                Column.text(convolutional ? "FxFxDxK + K" : "D x K + K"),
                Column.number("PARAMETERS"),
                Column.number("FULLY CONNECTED"),
                Column.number("TIMES FEWER"));
        List<LayerFacts> layers = explanation.facts().layers();
        for (LayerFacts layer : layers) {
            if (layer.parameters() > 0) {
                table.row(
                        layer.node().name(),
                        calculation(layer),
                        Words.count(layer.parameters()),
                        layer.kind() == Kind.FULLY_CONNECTED ? "is one" : Words.count(layer.fullyConnectedWeights()),
                        layer.kind() == Kind.FULLY_CONNECTED ? "" : fewer(layer));
            }
        }
        List<Block> blocks = new ArrayList<>(List.of(
                new Block.Text(total(explanation)),
                new Block.Text(
                        !convolutional
                                ? DENSE
                                : "A convolution learns K filters. Each is a window of F x F pixels over the D"
                                        + " channels that it reads, and has one bias. FULLY CONNECTED is what a layer"
                                        + " would need in which every output had a weight of its own for every input,"
                                        + " between the same two volumes."),
                table));
        if (layers.stream().anyMatch(layer -> layer.kind() == Kind.CONVOLUTION && layer.groups() > 1)) {
            blocks.add(
                    new Block.Text("Layers with groups read a part of the channels per filter: D is that part. With one"
                            + " channel per filter the layer is called depthwise."));
        }
        blocks.add(new Block.Source("CS231n course notes, Convolutional Neural Networks"));
        return new Section("How many numbers does it learn?", blocks);
    }

    private static String calculation(LayerFacts layer) {
        String bias = layer.biases() == 0 ? "" : " + " + layer.biases();
        if (layer.kind() == Kind.FULLY_CONNECTED) {
            return layer.connections() + "x" + layer.weights() / Math.max(1, layer.connections()) + bias;
        }
        List<Long> factors =
                new ArrayList<>(layer.extents().stream().map(Extent::kernel).toList());
        factors.add(layer.input().dim(1) / layer.groups());
        factors.add(layer.output().dim(1));
        return factors.stream().map(String::valueOf).collect(Collectors.joining("x")) + bias;
    }

    private static String fewer(LayerFacts layer) {
        return Words.count(layer.fullyConnectedWeights().divide(BigInteger.valueOf(layer.weights())));
    }

    private static String total(Explanation explanation) {
        List<LayerFacts> layers = explanation.facts().layers();
        long all = explanation.facts().parameters();
        long dense = layers.stream()
                .filter(layer -> layer.kind() == Kind.FULLY_CONNECTED)
                .mapToLong(LayerFacts::parameters)
                .sum();
        long convolutions = layers.stream().mapToLong(LayerFacts::parameters).sum() - dense;
        long others = all - dense - convolutions;
        return Words.count(all) + " parameters in all: " + Words.count(convolutions) + " in convolutions, "
                + Words.count(dense) + " in fully connected layers ("
                + Words.percent(all == 0 ? 0 : (double) dense / all) + ")"
                + (others > 0
                        ? ", " + Words.count(others) + " elsewhere, as in separate biases and batch normalisation"
                        : "")
                + ".";
    }

    private static String first(Explanation explanation) {
        return explanation.facts().layers().stream()
                .filter(layer -> layer.weights() > 0)
                .findFirst()
                .map(layer -> Words.count(layer.connections()) + " of " + Words.count(layer.inputElements())
                        + " inputs (" + Words.percent(layer.share()) + ") are read by one output of "
                        + layer.node().name() + ". Each of its weights serves " + Words.of(layer.uses(), "place")
                        + ".")
                .orElse("No layer has weights.");
    }

    static Section connections(Explanation explanation) {
        Block.Table table = new Block.Table(
                Column.text("LAYER"),
                Column.number("ONE OUTPUT READS"),
                Column.number("OF INPUTS"),
                Column.number("SHARE"),
                Column.number("EACH WEIGHT SERVES"));
        for (LayerFacts layer : explanation.facts().layers()) {
            table.row(
                    layer.node().name(),
                    Words.count(layer.connections()),
                    Words.count(layer.inputElements()),
                    Words.percent(layer.share()),
                    layer.uses() == 0 ? "no weights" : Words.of(layer.uses(), "place"));
        }
        return Section.of(
                "Few connections, shared weights",
                new Block.Text(first(explanation)),
                new Block.Text(
                        "An output of a fully connected layer reads every input, and each weight is used once. An"
                            + " output of a convolution reads a small window (sparse connections). The same weights"
                            + " serve every place of the picture (shared weights): what is learned in one place is"
                            + " known in all. At the border, weights that stand on padding serve a few places less."),
                table,
                new Block.Source("Goodfellow, Bengio and Courville, Deep Learning (2016), chapter 9.2"));
    }
}
