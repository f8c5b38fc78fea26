package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/// Selects boxes greedily: the one of the highest score first, then each that overlaps none of those by too much.
///
/// @param most boxes of each class
/// @param overlap the largest intersection over union of two boxes that are both selected
public record NonMaxSuppressionReference(
        boolean centers, long most, double overlap, TensorView boxes, TensorView scores) {
    private static final int TRIPLE = 3;

    /// The sides of a box.
    private record Box(double left, double top, double right, double bottom) {
        double area() {
            return (right - left) * (bottom - top);
        }

        /// Boxes without area overlap nothing, not even themselves.
        double overlap(Box other) {
            double width = Math.min(right, other.right) - Math.max(left, other.left);
            double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
            boolean apart = !(width > 0 && height > 0);
            return apart ? 0 : width * height / (area() + other.area() - width * height);
        }
    }

    private record Selected(long image, long group, int box) {}

    /// Whatever the scores.
    public TensorView selected() {
        return all(_ -> true);
    }

    /// Of the boxes with a score above `least`.
    public TensorView selected(double least) {
        return all(score -> score > least);
    }

    private TensorView all(DoublePredicate counts) {
        List<Selected> all = new ArrayList<>();
        for (long image = 0; image < scores.type().shape().dim(0); image++) {
            for (long group = 0; group < scores.type().shape().dim(1); group++) {
                for (int box : ofGroup(image, group, counts)) {
                    all.add(new Selected(image, group, box));
                }
            }
        }
        TensorView triples = TensorView.allocate(TensorType.of(ElementType.INT64, all.size(), TRIPLE));
        for (int i = 0; i < all.size(); i++) {
            triples.setInteger((long) i * TRIPLE, all.get(i).image());
            triples.setInteger((long) i * TRIPLE + 1, all.get(i).group());
            triples.setInteger((long) i * TRIPLE + 2, all.get(i).box());
        }
        return triples;
    }

    private List<Integer> ofGroup(long image, long group, DoublePredicate counts) {
        int count = (int) boxes.type().shape().dim(1);
        long first = (image * scores.type().shape().dim(1) + group) * count;
        // A score that is no number is below all others.
        Comparator<Integer> byScore = Comparator.comparingDouble(box ->
                Double.isNaN(scores.value(first + box)) ? Double.NEGATIVE_INFINITY : scores.value(first + box) + 0.0);
        List<Integer> candidates = IntStream.range(0, count)
                .filter(box -> counts.test(scores.value(first + box)))
                .boxed()
                .sorted(byScore.reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
        List<Integer> selected = new ArrayList<>();
        List<Box> taken = new ArrayList<>();
        for (int candidate : candidates) {
            if (selected.size() == most) {
                break;
            }
            Box box = box(image * count + candidate);
            if (taken.stream().allMatch(other -> box.overlap(other) <= overlap)) {
                selected.add(candidate);
                taken.add(box);
            }
        }
        return selected;
    }

    private Box box(long number) {
        double[] sides = new double[4];
        boxes.readValues(number * 4, sides);
        if (centers) {
            double width = sides[2] / 2;
            double height = sides[3] / 2;
            return new Box(sides[0] - width, sides[1] - height, sides[0] + width, sides[1] + height);
        }
        return new Box(
                Math.min(sides[1], sides[3]),
                Math.min(sides[0], sides[2]),
                Math.max(sides[1], sides[3]),
                Math.max(sides[0], sides[2]));
    }
}
