package dev.sinter.frontend;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The names in one network, and new ones for layers that are given none: their kind and a number from 1.
final class LayerNames {
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();

    String next(String kind) {
        while (true) {
            String name = kind + counts.merge(kind, 1, Integer::sum);
            if (!taken.contains(name)) {
                return name;
            }
        }
    }

    /// False if the name is taken already.
    boolean take(String name) {
        return taken.add(name);
    }
}
