package dev.sinter.tests.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Assertions;

/// Text that was looked at once and must not change unnoticed.
@NullMarked
public final class GoldenFile {
    private static final String KERNELS = "Golden*";
    private static final int MOST_DIFFERENCES = 30;

    private GoldenFile() {}

    /// Fails with a difference where `file` does not hold `text`. With `-Dgolden.accept` the file is rewritten instead,
    /// but never where the environment says `CI`.
    public static void requireSame(Path file, String text) throws IOException {
        requireSame(file, text, KERNELS);
    }

    /// @param tests which, as Maven names them, hold the file
    public static void requireSame(Path file, String text, String tests) throws IOException {
        String recorded = Files.exists(file) ? Files.readString(file) : "";
        if (recorded.equals(text)) {
            return;
        }
        boolean accept = System.getProperty("golden.accept") != null;
        if (accept && System.getenv("CI") == null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
            return;
        }
        Assertions.fail(file + " differs (- recorded, + now):\n" + difference(recorded, text)
                + "\nIf the change is meant, look at it and accept it with: mvn -pl tests -am verify -Dtest='" + tests
                + "' -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.accept");
    }

    /// The lines around the first difference, by the longest common head and tail.
    static String difference(String recorded, String now) {
        List<String> old = recorded.lines().toList();
        List<String> young = now.lines().toList();
        int head = 0;
        while (head < Math.min(old.size(), young.size()) && old.get(head).equals(young.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(old.size(), young.size()) - head
                && old.get(old.size() - 1 - tail).equals(young.get(young.size() - 1 - tail))) {
            tail++;
        }
        List<String> lines = new ArrayList<>();
        lines.add("@@ line " + (head + 1));
        old.subList(head, old.size() - tail).forEach(line -> lines.add("- " + line));
        young.subList(head, young.size() - tail).forEach(line -> lines.add("+ " + line));
        List<String> shown = lines.subList(0, Math.min(MOST_DIFFERENCES, lines.size()));
        return String.join("\n", shown) + (shown.size() < lines.size() ? "\n..." : "");
    }
}
