package dev.sinter.cli.run;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The output of a classifier: for each sample one score per class.
///
/// @param output of shape `[N, classes]`, with further dimensions of 1 perhaps
public record ClassScores(Value output, int classes) {
    /// A class and its score.
    public record Ranked(int label, double score) {}

    /// The scores among a network's outputs, if it has only one and that looks like it.
    public static Optional<ClassScores> of(List<Value> outputs, long batch) {
        if (outputs.size() != 1) {
            return Optional.empty();
        }
        Value output = outputs.getFirst();
        Shape shape = output.type().shape();
        boolean perSample = shape.rank() >= 2 && shape.dim(0) == batch && shape.dim(1) >= 2;
        boolean flat = perSample && shape.elements() == shape.dim(0) * shape.dim(1);
        return flat ? Optional.of(new ClassScores(output, Math.toIntExact(shape.dim(1)))) : Optional.empty();
    }

    /// The classes of highest score, the lower number first where scores are equal; NaN counts as lowest.
    public List<Ranked> best(Tensor scores, int row, int count) {
        long start = (long) row * classes;
        return IntStream.range(0, classes)
                .mapToObj(label -> new Ranked(label, scores.get(start + label)))
                .sorted(Comparator.comparingDouble((Ranked ranked) -> orLowest(ranked.score()))
                        .reversed()
                        .thenComparingInt(Ranked::label))
                .limit(count)
                .toList();
    }

    private static double orLowest(double score) {
        return Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score;
    }
}
