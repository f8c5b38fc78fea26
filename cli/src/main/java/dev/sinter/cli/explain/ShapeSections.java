package dev.sinter.cli.explain;

import dev.sinter.cli.explain.Page.Block;
import dev.sinter.cli.explain.Page.Section;
import dev.sinter.cli.explain.Page.Volume;
import dev.sinter.cli.terminal.TextTable.Column;
import dev.sinter.ir.analysis.Extent;
import dev.sinter.ir.analysis.LayerFacts;
import dev.sinter.ir.type.Shape;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How large each layer's output is.
final class ShapeSections {
    private ShapeSections() {}

    static Optional<Section> sizes(Explanation explanation) {
        Block.Table table = new Block.Table(
                Column.text("LAYER"), Column.text("CALCULATION"), Column.text("OUTPUT"), Column.number("UNREAD"));
        boolean lost = false;
        boolean transposed = false;
        boolean dilated = false;
        for (LayerFacts layer : explanation.facts().layers()) {
            List<Extent> distinct = layer.extents().stream().distinct().toList();
            for (Extent extent : distinct) {
                boolean first = extent.equals(distinct.getFirst());
                table.row(
                        first ? layer.node().name() : "",
                        calculation(extent),
                        first ? Words.volume(layer.output()) : "",
                        extent.unread() == 0 ? "" : extent.unread() + " of " + extent.input());
                lost |= extent.unread() > 0;
                transposed |= extent.transposed();
                dilated |= extent.dilation() > 1;
            }
        }
        if (table.rows().isEmpty()) {
            return Optional.empty();
        }
        List<Block> blocks = new ArrayList<>(List.of(
                new Block.Text(first(explanation)),
                new Block.Text(
                        "A window of F pixels slides over an input of W pixels in steps of S (the stride), with P"
                                + " pixels of padding at each end. It fits (W - F + 2P) / S + 1 times. Each fit is one"
                                + " output. A result that is not whole is rounded down: the last step would leave the"
                                + " input. OUTPUT is channels x height x width."),
                table));
        if (lost) {
            blocks.add(new Block.Text("UNREAD counts rows, and likewise columns, on which no window ever stands: what"
                    + " is in them cannot change the answer through this layer."));
        }
        if (explanation.facts().layers().stream()
                .flatMap(layer -> layer.extents().stream())
                .anyMatch(extent -> extent.ceilMode() && extent.leftOver() > 0)) {
            blocks.add(new Block.Text("Some poolings here round up instead: their last window hangs over the end."));
        }
        if (dilated) {
            blocks.add(
                    new Block.Text("Where a layer is dilated, F is what its window spans, gaps included: a window of 3"
                            + " with dilation 2 spans 5."));
        }
        if (transposed) {
            blocks.add(
                    new Block.Text("A transposed convolution goes the other way: each input is spread over F outputs, S"
                            + " apart. Its output has (W - 1) x S + F - 2P pixels."));
        }
        blocks.add(new Block.Source("CS231n course notes, Convolutional Neural Networks; Dumoulin and Visin, A guide to"
                + " convolution arithmetic for deep learning (2016)"));
        return Optional.of(new Section("How large is the output of each layer?", blocks));
    }

    /// The first layer that slides a window, in words.
    private static String first(Explanation explanation) {
        LayerFacts layer = explanation.facts().layers().stream()
                .filter(one -> !one.extents().isEmpty())
                .findFirst()
                .orElseThrow();
        Extent extent = layer.extents().getLast();
        return Words.of(extent.input(), "pixel") + " become " + extent.output() + " in "
                + layer.node().name()
                + ", with a window of " + extent.span() + ", a stride of " + extent.stride() + " and "
                + Words.of(extent.pads(), "pixel") + " of padding at both ends together.";
    }

    private static String calculation(Extent extent) {
        if (extent.transposed()) {
            return "(%d - 1) x %d + %d - %d%s = %d"
                    .formatted(
                            extent.input(),
                            extent.stride(),
                            extent.span(),
                            extent.pads(),
                            extent.outputPad() == 0 ? "" : " + " + extent.outputPad(),
                            extent.output());
        }
        String left =
                "(%d - %d + %d) / %d + 1 = ".formatted(extent.input(), extent.span(), extent.pads(), extent.stride());
        double exact = (double) (extent.input() - extent.span() + extent.pads()) / extent.stride() + 1;
        return extent.leftOver() == 0
                ? left + extent.output()
                : left
                        + BigDecimal.valueOf(exact)
                                .setScale(2, RoundingMode.HALF_EVEN)
                                .stripTrailingZeros()
                                .toPlainString()
                        + " -> " + extent.output();
    }

    /// The last feature map of each size.
    static Optional<Section> volumes(Explanation explanation) {
        Shape picture = explanation.facts().picture().type().shape();
        List<Volume> volumes = new ArrayList<>();
        volumes.add(volume(explanation.facts().picture().name(), picture));
        for (LayerFacts layer : explanation.facts().layers()) {
            if (layer.output().rank() != picture.rank()) {
                continue;
            }
            Volume volume = volume(layer.node().name(), layer.output());
            if (volumes.size() > 1 && volume.extents().equals(volumes.getLast().extents())) {
                volumes.removeLast();
            }
            volumes.add(volume);
        }
        if (volumes.size() < 2) {
            return Optional.empty();
        }
        Volume first = volumes.getFirst();
        Volume last = volumes.getLast();
        boolean narrows = last.height() < first.height() && last.channels() > first.channels();
        String fact = "From %s to %s: %s to %s pixels high, %s to %s channels."
                .formatted(first.name(), last.name(), first.height(), last.height(), first.channels(), last.channels());
        return Optional.of(Section.of(
                narrows ? "Height and width fall, channels rise" : "How the feature maps change",
                new Block.Text(fact
                        + (narrows
                                ? " The network gives up where something is and gains what it is: fewer places, each"
                                        + " described by more numbers."
                                : "")),
                new Block.Volumes(volumes)));
    }

    private static Volume volume(String name, Shape map) {
        return new Volume(name, map.dim(1), map.dims().subList(2, map.rank()));
    }
}
