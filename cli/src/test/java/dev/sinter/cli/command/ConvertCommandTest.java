package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.cli.CommandRun;
import dev.sinter.frontend.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
    @TempDir
    Path folder;

    @Test
    void a_network_of_the_zoo_becomes_an_onnx_file_and_text_again() throws Exception {
        Path onnx = folder.resolve("lenet5.onnx");
        Path text = folder.resolve("lenet5.sir");
        Path again = folder.resolve("again.sir");
        String said =
                CommandRun.of("convert", "zoo:lenet5", "--out", onnx).fine().out();
        assertTrue(said.contains(" nodes in " + onnx), said);
        CommandRun.of("convert", "zoo:lenet5", "-o", text, "-q").fine();
        CommandRun.of("convert", onnx, "-o", again, "-q").fine();
        assertEquals(Files.readString(text), Files.readString(again));
    }

    @Test
    void an_open_batch_is_open() {
        Path file = folder.resolve("any.onnx");
        CommandRun.of("convert", "zoo:lenet5", "--out", file, "--open-batch").fine();
        assertEquals(
                "N",
                Model.read(file)
                        .inputs()
                        .getFirst()
                        .dims()
                        .orElseThrow()
                        .getFirst()
                        .toString());
        CommandRun.of("inspect", file, "--bind", "N=3").fine();
    }

    @Test
    void a_batch_is_written_as_it_was_asked_for() throws Exception {
        Path file = folder.resolve("batch.sir");
        CommandRun.of("convert", "zoo:lenet5", "--batch", 3, "--out", file, "-q")
                .fine();
        assertTrue(Files.readString(file).contains(": f32[3,1,28,28] = input"));
    }

    @Test
    void the_ending_says_what_is_written() {
        CommandRun.of("convert", "zoo:lenet5", "--out", folder.resolve("lenet5.pb"))
                .isWrongUse("OPT-001", "lenet5.pb", ".onnx or .sir");
        CommandRun.of("convert", "zoo:lenet5", "--out", folder.resolve("a.sir"), "--open-batch")
                .isWrongUse("OPT-001", "--open-batch");
        CommandRun.of("convert", "zoo:lenet5").isWrongUse("OPT-001", "--out");
    }

    @Test
    void a_file_that_cannot_be_written_is_told_and_leaves_nothing() throws Exception {
        Path missing = folder.resolve("missing/lenet5.onnx");
        CommandRun.of("convert", "zoo:lenet5", "--out", missing).isWrongUse("FILE-003", "there is no folder");
        assertFalse(Files.exists(missing));
        CommandRun.of("convert", folder.resolve("none.onnx"), "--out", folder.resolve("a.onnx"))
                .isWrongUse("FILE-001", "none.onnx");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }
}
