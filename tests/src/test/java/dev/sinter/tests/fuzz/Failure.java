package dev.sinter.tests.fuzz;

import org.jspecify.annotations.NullMarked;

/// What went wrong with one network.
///
/// @param where on which device, with which schedules, or in which part of Sinter
/// @param sort tells failures of one kind and place apart, such as the class of an exception
@NullMarked
record Failure(Kind kind, String where, String sort, String message) {
    enum Kind {
        /// ONNX Runtime runs it, and the documentation lists its operators, but it is refused.
        REFUSED,
        /// An exception that does not say what is wrong with the network.
        FAULT,
        /// An element is beyond the oracle's bound.
        WRONG,
        /// The judge suspects an element: on right results a false alarm.
        SUSPECT,
        /// The oracle itself computes something else than ONNX Runtime.
        REFERENCE,
        /// A whole run is not what its steps are: memory that is used twice, or other bits each time.
        RUN,
        /// A batch is not what its images are one by one.
        BATCH,
        /// ONNX or IR text that was written is not the network.
        WRITTEN
    }

    /// True if both are likely to have one cause.
    boolean isLike(Failure other) {
        return kind == other.kind && where.equals(other.where) && sort.equals(other.sort);
    }

    @Override
    public String toString() {
        return kind + " on " + where + ": " + message;
    }
}
