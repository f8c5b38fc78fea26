package dev.sinter.ir.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Names that are given out once.
public final class UniqueNames {
    private final Set<String> taken = new HashSet<>();
    /// Where to go on counting: a thousand nodes of one name must not each try the numbers of all before.
    private final Map<String, Integer> lastNumbers = new HashMap<>();

    /// Keeps a name from being given out.
    public void reserve(String name) {
        taken.add(name);
    }

    public boolean isTaken(String name) {
        return taken.contains(name);
    }

    /// `wanted`, or if it is taken the same with a number.
    public String next(String wanted) {
        String name = wanted;
        while (!taken.add(name)) {
            name = wanted + "." + lastNumbers.merge(wanted, 2, (last, _) -> last + 1);
        }
        return name;
    }
}
