package dev.sinter.tests.fuzz;

import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// A way to go on from a value: one node or several.
@FunctionalInterface
@NullMarked
interface Layer {
    /// The value that was added; empty where the layer does not fit, or ONNX Runtime refuses what was drawn.
    Optional<Known> grow(Growth network, Known from);
}
