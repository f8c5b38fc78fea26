package dev.sinter.cli.explain;

import dev.sinter.cli.explain.Page.Block;
import dev.sinter.cli.explain.Page.Section;
import dev.sinter.cli.terminal.TextTable.Column;
import dev.sinter.ir.analysis.LayerFacts;
import dev.sinter.ir.analysis.LayerFacts.Kind;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Pictures of another size, and what global and adaptive pooling are for.
final class SizeSection {
    private SizeSection() {}

    static Section of(Explanation explanation) {
        Block.Table table = new Block.Table(
                Column.text("PICTURE"),
                Column.text("LAST MAP"),
                Column.number("FLATTENED"),
                Column.number("GLOBAL MEAN"),
                Column.text("THIS NETWORK"));
        Stream.concat(Stream.of(explanation.asBuilt()), explanation.otherSizes().stream())
                .forEach(size -> table.row(
                        Words.volume(size.picture()),
                        size.lastMap().map(Words::volume).orElse("-"),
                        size.lastMap()
                                .map(map -> Words.of(perPicture(map), "number"))
                                .orElse("-"),
                        explanation.facts().isConvolutional()
                                ? size.lastMap()
                                        .map(map -> Words.of(map.dim(1), "number"))
                                        .orElse("-")
                                : "-",
                        size.refusal().isPresent() ? "refuses" : "takes it"));
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Text(verdict(explanation)));
        blocks.add(table);
        Optional<CompileException> refusal = explanation.otherSizes().stream()
                .flatMap(size -> size.refusal().stream())
                .findFirst();
        refusal.ifPresent(fault -> blocks.add(
                new Block.Text("What Sinter says of the first: " + fault.where() + ": " + fault.fact() + ".")));
        if (refusal.isPresent() && explanation.asBuilt().lastMap().isPresent()) {
            remedies(explanation, explanation.asBuilt().lastMap().get()).forEach(blocks::add);
        }
        blocks.add(new Block.Source("Lin, Chen and Yan, Network In Network (2014), for global average pooling"));
        return new Section("Pictures of another size", blocks);
    }

    private static String verdict(Explanation explanation) {
        boolean refuses = explanation.otherSizes().stream()
                .anyMatch(size -> size.refusal().isPresent());
        if (!refuses && explanation.asBuilt().lastMap().isEmpty()) {
            return "It takes any of these. No layer takes the whole picture together: windows slide as far as there are"
                    + " pixels, and the answer is a map that grows with the picture.";
        }
        if (!refuses) {
            return "It takes any of these. Before its classifier it pools each channel to one number (global pooling),"
                    + " so the classifier always gets as many numbers as there are channels.";
        }
        if (!explanation.facts().isConvolutional()) {
            return "It takes one size only. Every pixel has weights of its own, so with more pixels there are weights"
                    + " missing.";
        }
        return "It takes one size only. Its convolutions would slide over any picture, but then its last map is"
                + " flattened to a row of numbers, and the classifier has a weight for each. Another size gives another"
                + " length.";
    }

    private static List<Block> remedies(Explanation explanation, Shape built) {
        Optional<LayerFacts> classifier = explanation.facts().layers().stream()
                .filter(layer -> layer.kind() == Kind.FULLY_CONNECTED)
                .findFirst();
        if (!explanation.facts().isConvolutional() || classifier.isEmpty()) {
            return List.of();
        }
        LayerFacts layer = classifier.get();
        long units = layer.weights() / Math.max(1, layer.connections());
        if (perPicture(built) == built.dim(1)) {
            return List.of(
                    new Block.Text("The last map has one place, but at this size only: its pooling has a window as"
                            + " large as the map. Global average pooling in its stead would make one place of any map:"
                            + " always "
                            + Words.count(built.dim(1)) + " numbers, and the weights could stay."));
        }
        String extents = Words.by(built.dims().subList(2, built.rank()));
        return List.of(
                new Block.Text(
                        "Global average pooling before " + layer.node().name() + " would keep one mean per channel: "
                                + Words.count(built.dim(1)) + " numbers, whatever the size. The layer would need "
                                + Words.count(built.dim(1)) + " x " + Words.count(units) + " weights in place of "
                                + Words.count(layer.connections()) + " x " + Words.count(units)
                                + ", and would have to be trained again."),
                new Block.Text("Adaptive pooling to " + extents + " would choose its windows so that any map becomes "
                        + extents + ": flattened, that is " + Words.count(perPicture(built))
                        + " numbers again, and the weights could stay."));
    }

    private static long perPicture(Shape map) {
        return map.elements() / Math.max(1, map.dim(0));
    }
}
