package dev.sinter.ir.diag;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which known names a mistyped one may have meant, by edit distance (Levenshtein, 1965).
public final class NearestNames {
    private static final int SHOWN = 3;

    /// Longer names are no words that somebody typed.
    private static final int LONGEST = 200;

    /// How many pairs of letters are compared at most.
    private static final long MOST_WORK = 1 << 26;

    private NearestNames() {}

    /// A hint such as `did you mean conv or conv_transpose?`; empty if no name is near.
    public static Optional<String> hint(String found, Collection<String> known) {
        List<String> near = of(found, known);
        return near.isEmpty() ? Optional.empty() : Optional.of("did you mean " + String.join(" or ", near) + "?");
    }

    /// The nearest names first, at most three; none that differs in more than two or a third of its letters.
    public static List<String> of(String found, Collection<String> known) {
        if (found.length() > LONGEST) {
            return List.of();
        }
        int most = Math.min(Math.max(2, found.length() / 3), found.length() - 1);
        return known.stream()
                .filter(name -> Math.abs(name.length() - found.length()) <= most)
                .limit(MOST_WORK / ((long) LONGEST * Math.max(1, found.length())))
                .collect(Collectors.toMap(name -> name, name -> distance(found, name), (a, _) -> a))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() <= most)
                .sorted(Comparator.comparing((Map.Entry<String, Integer> entry) -> entry.getValue())
                        .thenComparing(Map.Entry::getKey))
                .limit(SHOWN)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
