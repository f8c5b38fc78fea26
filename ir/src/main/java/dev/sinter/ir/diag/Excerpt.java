package dev.sinter.ir.diag;

import java.util.List;
import java.util.stream.Collectors;

/// What a message shows of something that may be too long to be read.
public final class Excerpt {
    private static final int MOST_ITEMS = 12;
    private static final int FIRST_ITEMS = 6;

    private Excerpt() {}

    /// The list as `[1, 2, 3]`; of a long one the first items and how many there are.
    public static String of(List<?> items) {
        if (items.size() <= MOST_ITEMS) {
            return joined(items, "]");
        }
        return joined(items.subList(0, FIRST_ITEMS), ", … (" + items.size() + " entries)]");
    }

    private static String joined(List<?> items, String end) {
        return items.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", end));
    }

    /// The text; of one longer than `longest` its beginning and its end.
    static String of(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int tail = longest / 4;
        int head = longest - tail - 1;
        int headEnd = Character.isHighSurrogate(text.charAt(head - 1)) ? head - 1 : head;
        int start = text.length() - tail;
        int tailStart = Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start;
        return text.substring(0, headEnd) + "…" + text.substring(tailStart);
    }
}
