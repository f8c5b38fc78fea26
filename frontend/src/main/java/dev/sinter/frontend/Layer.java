package dev.sinter.frontend;

import dev.sinter.ir.graph.Value;
import java.util.Set;

/// A layer that is not yet in the graph, since its settings may still change.
interface Layer {
    /// What it is called, with a number, if it is given no name.
    String kind();

    /// Which settings it takes.
    default Set<LayerSetting> settings() {
        return Set.of();
    }

    /// Puts it into the graph and returns what it yields.
    Value addTo(LayerScope scope, Value input);
}
