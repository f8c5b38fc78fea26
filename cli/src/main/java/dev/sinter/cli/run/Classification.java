package dev.sinter.cli.run;

import dev.sinter.cli.input.Feeds;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Gathers what a classifier says, and counts how often it is right.
public final class Classification {
    private final ClassScores scores;
    private final Feeds feeds;
    private final Labels labels;
    private final int top;
    private final boolean keep;
    private final List<Prediction> predictions = new ArrayList<>();
    private long correct;
    private long samples;

    /// @param top how many classes to name of each sample
    /// @param keep whether predictions are asked for later, or only counts
    public Classification(ClassScores scores, Feeds feeds, Labels labels, int top, boolean keep) {
        this.scores = scores;
        this.feeds = feeds;
        this.labels = labels;
        this.top = Math.min(top, scores.classes());
        this.keep = keep;
        labels.requireFit(feeds.count(), scores.classes());
    }

    public void add(BatchRunner.Batch batch) {
        Tensor rows = batch.output(scores.output());
        for (int row = 0; row < batch.samples().size(); row++) {
            Prediction prediction = prediction(rows, row, batch.samples().get(row));
            samples++;
            Long truth = prediction.truth();
            if (truth != null && truth == prediction.best().index()) {
                correct++;
            }
            if (keep) {
                predictions.add(prediction);
            }
        }
    }

    private Prediction prediction(Tensor rows, int row, long sample) {
        List<Prediction.Guess> classes = scores.best(rows, row, top).stream()
                .map(ranked -> new Prediction.Guess(ranked.label(), labels.name(ranked.label()), ranked.score()))
                .toList();
        return new Prediction(feeds.label(sample), classes, labels.truth(sample).orElse(null));
    }

    public List<Prediction> predictions() {
        return Collections.unmodifiableList(predictions);
    }

    public boolean keepsPredictions() {
        return keep;
    }

    /// How many samples were classified rightly; empty if the truth is not known.
    public Optional<Long> correct() {
        return labels.truth().isPresent() ? Optional.of(correct) : Optional.empty();
    }

    /// The share of those among all that could be read; empty if the truth is not known.
    public Optional<Double> accuracy() {
        return correct().filter(_ -> samples > 0).map(right -> (double) right / samples);
    }
}
