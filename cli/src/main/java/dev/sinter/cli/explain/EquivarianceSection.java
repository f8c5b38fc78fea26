package dev.sinter.cli.explain;

import dev.sinter.cli.explain.Page.Block;
import dev.sinter.cli.explain.Page.Section;
import dev.sinter.cli.terminal.TextTable.Column;
import dev.sinter.ir.analysis.Equivariance;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/// Feature maps that move along.
final class EquivarianceSection {
    private EquivarianceSection() {}

    static Section of(Explanation.Measured measured) {
        String title = "Moves along (equivariance), measured";
        if (measured.equivariance().isEmpty()) {
            return Section.of(
                    title,
                    new Block.Text("This does not apply: no layer here slides a window over the picture. Every output"
                            + " reads all pixels, so there is no map that could move along."));
        }
        Block.Table table = new Block.Table(
                Column.text("LAYER"),
                Column.number("MOVED"),
                Column.number("MAP MOVES"),
                Column.number("INSIDE"),
                Column.number("AT BORDER"),
                Column.number("BY 1 PIXEL"));
        for (Equivariance layer : measured.equivariance()) {
            table.row(
                    layer.layer().node().name(),
                    Words.of(layer.pixels(), "pixel"),
                    Words.of(layer.places(), "place"),
                    layer.compared() == 0 ? "none" : Words.percent(layer.inside()),
                    Words.percent(layer.border()),
                    layer.pixels() == 1 ? "" : Words.percent(layer.byOnePixel()));
        }
        List<Block> blocks = new ArrayList<>(List.of(
                new Block.Text(largest(measured)),
                new Block.Text(
                        "The picture was moved to the right by each layer's step. The layer's map should then be the"
                            + " same map, moved. The figures are the largest differences, in percent of the map's"
                            + " largest number. INSIDE is where outputs see nothing but picture: 0 means that the map"
                            + " moved along exactly. AT BORDER is everywhere else: padding does not move along. BY 1"
                            + " PIXEL is the picture moved by a single pixel, less than a step: no move of the map"
                            + " answers it well."),
                table));
        if (measured.equivariance().stream().anyMatch(layer -> layer.compared() == 0)) {
            blocks.add(new Block.Text(
                    "None inside: every output of that layer sees beyond the picture, or the map is too small to"
                            + " be moved."));
        }
        blocks.add(new Block.Text("Shown: " + measured.shown() + ". Run on " + measured.device() + "."));
        blocks.add(new Block.Source("Goodfellow, Bengio and Courville, Deep Learning (2016), chapter 9.2"));
        return new Section(title, blocks);
    }

    private static String largest(Explanation.Measured measured) {
        OptionalDouble inside = largest(measured, Equivariance::inside);
        OptionalDouble border = largest(measured, Equivariance::border);
        return "Largest difference of all layers: "
                + (inside.isPresent() ? Words.percent(inside) + " inside" : "none to compare inside")
                + (border.isPresent() ? ", " + Words.percent(border) + " at the border." : "; there is no padding.");
    }

    private static OptionalDouble largest(
            Explanation.Measured measured, Function<Equivariance, OptionalDouble> figure) {
        return measured.equivariance().stream()
                .map(figure)
                .flatMapToDouble(OptionalDouble::stream)
                .max();
    }
}
