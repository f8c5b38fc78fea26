package dev.sinter.training;

/// What one epoch, that is, one pass over the training data, came to.
///
/// @param epoch counted from 1
/// @param step how many steps were taken so far
/// @param rate the learning rate of its last step
/// @param loss the mean over its steps, each before the step
/// @param accuracy the share of training examples whose class was found, likewise before each step
/// @param validationLoss on the validation data after the epoch; NaN without any
/// @param validationAccuracy likewise
/// @param seconds of training, without validation
public record EpochReport(
        int epoch,
        long step,
        double rate,
        double loss,
        double accuracy,
        double validationLoss,
        double validationAccuracy,
        double seconds) {
    /// What epochs are compared by: accuracy on data that training has not seen, where there is such data.
    double score() {
        return Double.isNaN(validationAccuracy) ? accuracy : validationAccuracy;
    }
}
