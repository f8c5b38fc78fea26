package dev.sinter.tests.sample;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/// The command in a process of its own, which may be short of memory, be killed by a device's driver, or never end.
///
/// @param words what is started, up to the command's own words
/// @param folder for what it prints
@NullMarked
record CommandProcess(List<String> words, Map<String, String> environment, Path folder) {
    /// Answers are promised within five seconds, of a machine that has nothing else to do.
    private static final int LONGEST_SECONDS = 40;

    private static final int MOST_LINES = 8;
    private static final int MOST_CHARACTERS = 4000;

    /// What became of it.
    record Ended(int exitCode, String out, String err) {
        /// Demands an answer or a refusal, in words of sensible length; returns this.
        Ended answered() {
            return withExit(Set.of(0, 2));
        }

        Ended fine() {
            return withExit(Set.of(0));
        }

        /// Demands that it was ended from outside, with this exit code.
        void killed(int code) {
            assertEquals(code, exitCode, this::toString);
        }

        Ended refused() {
            return withExit(Set.of(2));
        }

        Ended withExit(Set<Integer> expected) {
            assertAll(
                    () -> assertTrue(expected.contains(exitCode), this::toString),
                    () -> assertFalse(err.contains("A fault of Sinter itself"), err),
                    () -> assertFalse(err.contains("\tat "), err),
                    () -> assertTrue(err.lines().count() <= MOST_LINES, err),
                    () -> assertTrue(err.length() <= MOST_CHARACTERS, () -> err.length() + " characters"));
            return this;
        }
    }

    /// @param memory for the JVM, such as `512m`
    static CommandProcess of(Path folder, String memory) {
        return new CommandProcess(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        // Most of what is run here is over before better code would have been of use.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + folder.resolve("crash-%p.log"),
                        "-Xmx" + memory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.sinter.cli.Main"),
                Map.of(),
                folder);
    }

    CommandProcess with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new CommandProcess(words, more, folder);
    }

    /// Started through a line of shell, in which `"$@"` is the command without its own words.
    CommandProcess through(String shellLine) {
        List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", shellLine, "sh"));
        all.addAll(words);
        return new CommandProcess(all, environment, folder);
    }

    /// @throws AssertionError if it does not end
    Ended run(Object... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        List<String> all = new ArrayList<>(words);
        Arrays.stream(arguments).map(String::valueOf).forEach(all::add);
        ProcessBuilder builder =
                new ProcessBuilder(all).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS), () -> "does not end: " + all);
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(out), withoutWarning(Files.readString(err)));
    }

    /// What the launcher keeps from users.
    private static String withoutWarning(String err) {
        return err.replace("WARNING: Using incubator modules: jdk.incubator.vector\n", "");
    }
}
