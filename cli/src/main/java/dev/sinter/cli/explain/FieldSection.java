package dev.sinter.cli.explain;

import dev.sinter.cli.explain.Page.Block;
import dev.sinter.cli.explain.Page.Section;
import dev.sinter.cli.terminal.TextTable.Column;
import dev.sinter.ir.analysis.AxisField;
import dev.sinter.ir.analysis.LayerFacts;
import dev.sinter.ir.analysis.ReceptiveField;
import dev.sinter.ir.type.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What each layer's outputs see of the picture.
final class FieldSection {
    private FieldSection() {}

    static Section of(Explanation explanation) {
        if (!explanation.facts().isConvolutional()) {
            return Section.of(
                    "How far does it see?",
                    new Block.Text("Every output of the first layer sees the whole picture. There is no receptive field"
                            + " that grows from layer to layer, no stride and no padding."));
        }
        Shape picture = explanation.facts().picture().type().shape();
        Block.Table table = new Block.Table(
                Column.text("LAYER"),
                Column.text("ONE OUTPUT SEES"),
                Column.number("OF THE PICTURE"),
                Column.number("STEP"),
                Column.number("SEE PADDING"));
        for (LayerFacts layer : explanation.facts().layers()) {
            switch (layer.field()) {
                case ReceptiveField.Local local -> row(table, layer, local, picture);
                case ReceptiveField.Whole _ -> table.row(layer.node().name(), "everything", "100 %", "-", "-");
                case ReceptiveField.Nothing _ -> table.row(layer.node().name(), "nothing", "0", "-", "-");
            }
        }
        return Section.of(
                "How far does it see?",
                new Block.Text(summary(explanation, picture)),
                new Block.Text(
                        "The receptive field is the part of the picture that can change one output. Each layer adds"
                            + " (window - 1) x step pixels to that of the layer before, and multiplies the step by its"
                            + " stride. STEP is how many pixels lie between what two neighbouring outputs see. SEE"
                            + " PADDING is the share of outputs whose field reaches beyond the picture, where there"
                            + " are zeros only. Where branches meet, the field is the largest over all paths."),
                table,
                new Block.Source("Araujo, Norris and Sim, Computing Receptive Fields of Convolutional Neural Networks,"
                        + " Distill (2019), doi.org/10.23915/distill.00021"));
    }

    private static void row(Block.Table table, LayerFacts layer, ReceptiveField.Local field, Shape picture) {
        table.row(
                layer.node().name(),
                Words.by(field.axes().stream().map(AxisField::size).toList()) + " pixels",
                Words.percent(share(field, picture)),
                field.axes().stream()
                        .map(AxisField::step)
                        .distinct()
                        .map(Words::number)
                        .collect(Collectors.joining(" x ")),
                Words.percent(field.paddedShare(layer.output(), picture)));
    }

    private static String pixels(LayerFacts layer) {
        return layer.field()
                .local()
                .map(field ->
                        Words.by(field.axes().stream().map(AxisField::size).toList()))
                .orElse("all");
    }

    private static double share(ReceptiveField.Local field, Shape picture) {
        double share = 1;
        for (int axis = 0; axis < field.axes().size(); axis++) {
            share *= Math.min(1, (double) field.axes().get(axis).size() / picture.dim(axis + 2));
        }
        return share;
    }

    private static String summary(Explanation explanation, Shape picture) {
        List<LayerFacts> layers = explanation.facts().layers();
        List<LayerFacts> local = layers.stream()
                .filter(layer -> layer.field().local().isPresent())
                .toList();
        String growth = local.isEmpty()
                ? ""
                : pixels(local.getFirst()) + " pixels are seen by one output of "
                        + local.getFirst().node().name() + ", " + pixels(local.getLast()) + " by one of "
                        + local.getLast().node().name() + ". ";
        Optional<LayerFacts> sees = layers.stream()
                .filter(layer -> layer.field()
                                .local()
                                .filter(field -> share(field, picture) == 1)
                                .isPresent()
                        || layer.field() instanceof ReceptiveField.Whole)
                .findFirst();
        return growth
                + sees.map(layer -> "The first layer of which one output can see as much as the whole picture: "
                                + layer.node().name() + ".")
                        .orElse("No layer has an output that sees the whole picture.");
    }
}
