package dev.sinter.tests.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.schedule.TuningFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tuning in processes of their own, with a cache folder of their own.
@NullMarked
class TunedCommandTest {
    private static final int KILLED = 128 + 9;

    @TempDir
    Path folder;

    private CommandProcess command() {
        return CommandProcess.of(folder, "1g")
                .with("SINTER_TUNING", folder.resolve("tuning").toString());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tuning"))) {
            return files.filter(file -> file.toString().endsWith(".txt")).toList();
        }
    }

    /// Killed as soon as a first schedule was kept.
    @Test
    void what_was_found_outlives_the_process() throws Exception {
        Path kept = folder.resolve("tuning");
        command()
                .through("\"$@\" & tuner=$!; while ! grep -qs '^kernel' " + kept
                        + "/*.txt; do kill -0 $tuner || exit 1; sleep 0.1; done; kill -9 $tuner; wait $tuner")
                .run("tune", "zoo:lenet5", "--device", "jvm", "--minutes", "1", "--top", "2", "--quiet")
                .killed(KILLED);
        Path file = files().getFirst();
        TuningFile read = TuningFile.parse(Files.readString(file), file.toString());
        assertFalse(read.tables().getFirst().kernels().isEmpty());

        // The next command finds it where the killed one left it.
        String inspected =
                command().run("inspect", "zoo:lenet5", "--device", "jvm").fine().out();
        assertTrue(inspected.contains("tuned: " + file + ":"), inspected);
        String without = command()
                .run("inspect", "zoo:lenet5", "--device", "jvm", "--no-tuning")
                .fine()
                .out();
        assertFalse(without.contains("tuned"), without);

        // It is no order: what is wrong in it stops nobody.
        Files.writeString(file, "sinter.tuning 9\n");
        CommandProcess.Ended broken =
                command().run("inspect", "zoo:lenet5", "--device", "jvm").fine();
        assertTrue(
                broken.err().contains("tuning: " + file + ":1:15 is ignored: the text has format version 9"),
                broken::err);
        assertEquals(without, broken.out());
    }
}
