package dev.sinter.cli.explain;

import dev.sinter.cli.explain.Page.Block;
import dev.sinter.cli.explain.Page.Section;
import dev.sinter.ir.analysis.KernelFlip;
import dev.sinter.ir.analysis.LayerFacts;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Convolution against cross-correlation, told at the first convolution.
final class FlipSection {
    private static final String GAP = "    ";

    private FlipSection() {}

    static Optional<Section> of(Explanation explanation) {
        return explanation.facts().layers().stream()
                .filter(layer -> layer.kind() == LayerFacts.Kind.CONVOLUTION)
                .findFirst()
                .map(layer -> section(layer.node().name(), explanation.flip()));
    }

    private static Section section(String first, KernelFlip flip) {
        return Section.of(
                "What does a convolutional layer compute?",
                new Block.Text(first + " is the first one here. It lays its kernel on the input, multiplies number by"
                        + " number, adds up, moves on. Mathematics calls this cross-correlation. A convolution in the"
                        + " sense of mathematics first turns the kernel by half a circle. Sinter, like all frameworks,"
                        + " does not turn it and still says convolution. It makes no difference to learning: the"
                        + " network learns the numbers where they are needed. It does make a difference when numbers"
                        + " are copied between the two."),
                new Block.Lines(beside(
                        column("input", flip.input()),
                        column("kernel", flip.kernel()),
                        column("layer computes", flip.layer()))),
                new Block.Lines(beside(
                        column("input", flip.input()),
                        column("turned", flip.turned()),
                        column("convolution", flip.convolution()))),
                new Block.Text(firstProduct(flip)),
                new Block.Source("Goodfellow, Bengio and Courville, Deep Learning (2016), chapter 9.1"));
    }

    private static String firstProduct(KernelFlip flip) {
        return "The first number: " + products(flip.input(), flip.kernel()) + " = " + text(flip.layer(), 0)
                + ". With the kernel turned: " + products(flip.input(), flip.turned()) + " = "
                + text(flip.convolution(), 0) + ".";
    }

    private static String products(Tensor input, Tensor kernel) {
        long width = input.shape().dim(3);
        long window = kernel.shape().dim(3);
        List<String> products = new ArrayList<>();
        for (long i = 0; i < kernel.shape().elements(); i++) {
            String weight = text(kernel, i);
            products.add(text(input, i / window * width + i % window) + " x "
                    + (weight.startsWith("-") ? "(" + weight + ")" : weight));
        }
        return String.join(" + ", products);
    }

    private static String text(Tensor tensor, long i) {
        return Words.number(tensor.get(i));
    }

    private static List<String> column(String heading, Tensor matrix) {
        List<String> lines = new ArrayList<>(List.of(heading));
        long width = matrix.shape().dim(3);
        for (long row = 0; row < matrix.shape().dim(2); row++) {
            StringBuilder line = new StringBuilder();
            for (long column = 0; column < width; column++) {
                line.append(String.format("%3s", text(matrix, row * width + column)));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    @SafeVarargs
    private static List<String> beside(List<String>... columns) {
        List<String> lines = new ArrayList<>();
        int height = 0;
        for (List<String> column : columns) {
            height = Math.max(height, column.size());
        }
        for (int i = 0; i < height; i++) {
            StringBuilder line = new StringBuilder();
            for (List<String> column : columns) {
                int width = column.stream().mapToInt(String::length).max().orElse(0);
                String cell = i < column.size() ? column.get(i) : "";
                line.append(cell).append(" ".repeat(width - cell.length())).append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
