package dev.sinter.cli.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a classifier says of one sample, as reports hold it.
///
/// @param input what reports call the sample
/// @param classes the best first
/// @param truth the class it belongs to; null if that is not known
public record Prediction(
        String input, List<Guess> classes, @Nullable Long truth) {
    /// One class.
    ///
    /// @param label its name, or its number where names were not given
    public record Guess(int index, String label, double score) {}

    public Prediction {
        classes = List.copyOf(classes);
    }

    Guess best() {
        return classes.getFirst();
    }
}
