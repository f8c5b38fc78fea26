package dev.sinter.frontend;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Shape;

/// A place in a network under construction: what a branch begins at, and what it is added to or joined with.
///
/// @see NetworkBuilder#tap()
public final class Tap {
    private final NetworkBuilder network;
    private final Value value;

    Tap(NetworkBuilder network, Value value) {
        this.network = network;
        this.value = value;
    }

    /// The shape of the tensor that flows here.
    public Shape shape() {
        return value.type().shape();
    }

    Value value() {
        return value;
    }

    boolean belongsTo(NetworkBuilder other) {
        return network == other;
    }
}
