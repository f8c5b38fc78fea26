package dev.sinter.cli.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Names from a network as names of files.
public final class FileNames {
    /// File systems allow 255 bytes, of which an ending and a number take some.
    private static final int LONGEST = 200;

    private FileNames() {}

    /// A name that every file system takes.
    public static String of(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
        String visible = safe.startsWith(".") || safe.isEmpty() ? "_" + safe : safe;
        return visible.length() <= LONGEST ? visible : visible.substring(0, LONGEST);
    }

    /// One for each, no two the same, also where a file system does not tell `a` from `A`. A name that is the same
    /// before and after goes before one that is changed.
    public static List<String> distinct(List<String> names) {
        Set<String> taken = names.stream()
                .filter(name -> of(name).equals(name))
                .map(FileNames::folded)
                .collect(Collectors.toCollection(HashSet::new));
        Set<String> unchanged = new HashSet<>(taken);
        List<String> distinct = new ArrayList<>();
        for (String name : names) {
            String safe = of(name);
            boolean keeps = safe.equals(name) && unchanged.remove(folded(safe));
            distinct.add(keeps ? safe : free(safe, taken));
        }
        return distinct;
    }

    private static String free(String name, Set<String> taken) {
        String candidate = name;
        for (int number = 1; !taken.add(folded(candidate)); number++) {
            candidate = name + "-" + number;
        }
        return candidate;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
