package dev.sinter.training.data.digits;

/// A place on the paper: x to the right, y down.
record Point(double x, double y) {}
