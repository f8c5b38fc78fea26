package dev.sinter.training;

/// What training makes small. Targets are one number per output element: for classes 1 at the right one, else 0.
public enum Loss {
    /// The mean over the batch of -Σ target · log softmax(output). A softmax at the network's end is taken for the one
    /// in the formula.
    CROSS_ENTROPY,
    /// The mean over all elements of (output - target)².
    MEAN_SQUARED_ERROR
}
