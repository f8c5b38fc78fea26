package dev.sinter.frontend.onnx;

import java.util.HashSet;
import java.util.Set;

/// Names that are given out once.
final class UniqueNames {
    private final Set<String> taken = new HashSet<>();

    /// Keeps a name from being given out.
    void reserve(String name) {
        taken.add(name);
    }

    /// `wanted`, or if it is taken the same with a number.
    String next(String wanted) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "." + i;
        }
        return name;
    }
}
