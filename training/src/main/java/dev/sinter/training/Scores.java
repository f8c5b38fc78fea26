package dev.sinter.training;

import dev.sinter.ir.type.Tensor;
import java.util.List;

/// How good a network is on some data.
///
/// @param loss the mean of -log p, p the probability that the network gives to the right class
/// @param confusion how often a class (row) was taken for a class (column)
public record Scores(List<String> classes, double loss, long[][] confusion) {
    public Scores {
        classes = List.copyOf(classes);
    }

    public long examples() {
        long sum = 0;
        for (long[] row : confusion) {
            for (long count : row) {
                sum += count;
            }
        }
        return sum;
    }

    public long correct() {
        long sum = 0;
        for (int i = 0; i < confusion.length; i++) {
            sum += confusion[i][i];
        }
        return sum;
    }

    /// The share of examples whose class was found.
    public double accuracy() {
        return (double) correct() / examples();
    }

    /// Which of the classes in row `row` of `scores` is the largest; the first of equals.
    static int best(Tensor scores, long row) {
        long classes = scores.shape().elements() / scores.shape().dim(0);
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (scores.get(row * classes + i) > scores.get(row * classes + best)) {
                best = i;
            }
        }
        return best;
    }

    /// Adds up scores.
    static final class Counter {
        private static final double SMALLEST = 1e-30;

        private final List<String> classes;
        private final long[][] confusion;
        private double loss;
        private long examples;

        Counter(List<String> classes) {
            this.classes = classes;
            this.confusion = new long[classes.size()][classes.size()];
        }

        /// @param scores probabilities, or anything that is larger for likelier classes: then the loss is that of their
        ///     softmax
        void add(int label, Tensor scores, long row) {
            confusion[label][best(scores, row)]++;
            loss -= Math.log(Math.max(SMALLEST, probability(label, scores, row)));
            examples++;
        }

        private double probability(int label, Tensor scores, long row) {
            int count = classes.size();
            double sum = 0;
            double largest = Double.NEGATIVE_INFINITY;
            boolean probabilities = true;
            for (int i = 0; i < count; i++) {
                double score = scores.get(row * count + i);
                sum += score;
                largest = Math.max(largest, score);
                probabilities &= score >= 0;
            }
            double own = scores.get(row * count + label);
            if (probabilities && Math.abs(sum - 1) < 1e-3) {
                return own;
            }
            double exponentials = 0;
            for (int i = 0; i < count; i++) {
                exponentials += Math.exp(scores.get(row * count + i) - largest);
            }
            return Math.exp(own - largest) / exponentials;
        }

        Scores scores() {
            return new Scores(classes, loss / Math.max(1, examples), confusion);
        }
    }
}
