package dev.sinter.cli.explain;

import dev.sinter.cli.explain.Page.Block;
import dev.sinter.cli.explain.Page.Section;
import dev.sinter.cli.terminal.TextTable.Column;
import dev.sinter.ir.analysis.Invariance;
import dev.sinter.ir.analysis.PoolingVariant;
import java.util.ArrayList;
import java.util.List;

/// An answer that stays, and what pooling has to do with it.
final class InvarianceSection {
    private InvarianceSection() {}

    static Section of(Explanation explanation, Explanation.Measured measured) {
        String title = "Stays the same (invariance), measured";
        if (measured.invariance().isEmpty()) {
            return Section.of(
                    title,
                    new Block.Text(
                            "This does not apply: the network answers with a map of the picture. When the picture"
                                    + " moves, the map is to move along, and not to stay."));
        }
        Block.Table table = new Block.Table(
                Column.text("NETWORK"),
                Column.number("1 PIXEL"),
                Column.number("2 PIXELS"),
                Column.number("3 PIXELS"),
                Column.number("SAME LARGEST"));
        for (Invariance variant : measured.invariance()) {
            table.row(
                    name(variant.variant()),
                    Words.percent(variant.relative(1)),
                    Words.percent(variant.relative(2)),
                    Words.percent(variant.relative(3)),
                    variant.movesThatKeepTheLargest() + " of "
                            + variant.changes().size());
        }
        List<Block> blocks = new ArrayList<>(List.of(
                new Block.Text(first(measured)),
                new Block.Text(
                        "The picture was moved by 1, 2 and 3 pixels in every direction. The figures say how much the"
                                + " answer"
                                + of(explanation, measured.invariance().getFirst())
                                + " changed: the length of the change over the length of the answer, on average. SAME"
                                + " LARGEST counts the moves after which the largest number, the network's choice, was"
                                + " still the same one."),
                table));
        if (measured.invariance().size() == 1) {
            blocks.add(new Block.Text("The network has no pooling over windows, so there is nothing to take away."));
        } else {
            blocks.add(new Block.Text(
                    "A pooling passes on the largest (or mean) number of each window, so a small move inside"
                            + " the window changes little. 'Without pooling' takes the number in the window's"
                            + " middle instead: same sizes, no maximum. 'Strided convolution' puts a convolution"
                            + " of the same window and stride there, one filter per channel, with random positive"
                            + " weights that add up to 1. Such weights keep numbers at the size that the next"
                            + " layer was made for; learned ones may do better or worse."));
        }
        if (explanation.hasRandomWeights()) {
            blocks.add(
                    new Block.Text("The weights of this network are random: the figures show what its structure does."
                            + " Training can make an answer steadier than that, or less steady."));
        }
        blocks.add(
                new Block.Source("Goodfellow, Bengio and Courville, Deep Learning (2016), chapter 9.3; Springenberg et"
                        + " al., Striving for Simplicity (2015); Zhang, Making Convolutional Networks Shift-Invariant"
                        + " Again (2019)"));
        return new Section(title, blocks);
    }

    private static String first(Explanation.Measured measured) {
        String fact = "The answer changes by "
                + Words.percent(measured.invariance().getFirst().relative(1))
                + " when the picture moves by one pixel";
        return measured.invariance().stream()
                .filter(variant -> variant.variant() == PoolingVariant.SUBSAMPLED)
                .findFirst()
                .map(without -> fact + ", without pooling by " + Words.percent(without.relative(1)) + ".")
                .orElse(fact + ".");
    }

    private static String of(Explanation explanation, Invariance measured) {
        return explanation
                .facts()
                .graph()
                .producer(measured.answer())
                .map(node -> " (of " + node.name() + ")")
                .orElse("");
    }

    private static String name(PoolingVariant variant) {
        return switch (variant) {
            case AS_IT_IS -> "as it is";
            case SUBSAMPLED -> "without pooling";
            case STRIDED_CONVOLUTION -> "strided convolution";
        };
    }
}
