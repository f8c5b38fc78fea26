package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.cli.CommandRun;
import dev.sinter.ir.rewrite.StandardPasses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptCommandTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void writeModel() throws Exception {
        model = Files.writeString(folder.resolve("model.sir"), """
            sinter.graph 1
            graph model {
              %x: f32[2] = input
              %same: f32[2] = identity(%x)
              %y: f32[2] = relu(%same)
              return %y
            }
            """);
    }

    @Test
    void passes_run_in_the_order_given() {
        String out = CommandRun.of("opt", model, "--passes", "remove-identities")
                .fine()
                .out();
        assertEquals("""
            sinter.graph 1
            graph model {
              %x: f32[2] = input
              %y: f32[2] = relu(%x)
              return %y
            }
            """, out);
    }

    @Test
    void without_passes_the_text_stays_as_it_is() throws Exception {
        assertEquals(
                Files.readString(model),
                CommandRun.of("opt", model, "--passes", "").fine().out());
    }

    @Test
    void what_is_written_can_be_read_again() throws Exception {
        Path file = folder.resolve("lenet.sir");
        Path again = folder.resolve("again.sir");
        CommandRun.of("opt", "zoo:lenet5", "-o", file).fine();
        CommandRun.of("opt", file, "--passes", "", "-o", again).fine();
        assertEquals(-1, Files.mismatch(file, again));
    }

    @Test
    void the_passes_are_listed() {
        List<String> listed = CommandRun.of("opt", "--list-passes")
                .fine()
                .out()
                .lines()
                .skip(1)
                .map(line -> line.split(" ", 2)[0])
                .toList();
        assertEquals(StandardPasses.pipeline().names(), listed);
    }

    @Test
    void the_graph_is_printed_after_a_pass_that_changed_it() {
        String err = CommandRun.of("opt", model, "--print-after", "remove-identities")
                .fine()
                .err();
        assertTrue(err.contains("// after remove-identities"), err);
        assertTrue(err.contains("%y: f32[2] = relu(%x)"), err);
        assertFalse(err.contains("// after fold-pads"), err);
    }

    @Test
    void a_pass_that_changed_nothing_says_so() {
        String err = CommandRun.of("opt", model, "--print-after-all").fine().err();
        assertTrue(err.contains("// after fold-pads: fold pads into convolution and pooling (unchanged)"), err);
    }

    @Test
    void passes_are_timed() {
        String err = CommandRun.of("opt", model, "--time-passes").fine().err();
        assertTrue(err.lines().anyMatch(line -> line.startsWith("remove-identities")), err);
    }

    @Test
    void graphs_are_dumped_after_passes_that_changed_them() throws Exception {
        Path dumps = folder.resolve("dumps");
        CommandRun.of("opt", model, "--dump-dir", dumps, "-q").fine();
        try (Stream<Path> files = Files.list(dumps)) {
            assertEquals(
                    List.of("001-remove-identities.sir"),
                    files.map(file -> String.valueOf(file.getFileName())).toList());
        }
    }

    @Test
    void an_unknown_pass_is_answered_with_the_nearest() {
        CommandRun.of("opt", model, "--passes", "fold-pad")
                .isWrongUse("OPT-001", "'fold-pad'", "did you mean fold-pads");
        CommandRun.of("opt", model, "--print-after", "nothing").isWrongUse("OPT-001", "'nothing'");
    }

    @Test
    void text_that_is_wrong_is_told_with_its_place() throws Exception {
        Files.writeString(model, Files.readString(model).replace("relu(%same)", "relu(%sane)"));
        CommandRun.of("opt", model).isWrongUse("GRAPH-002", "model.sir:5:", "did you mean");
    }

    @Test
    void a_file_that_cannot_be_written_is_told() {
        CommandRun.of("opt", model, "-o", folder).isWrongUse("FILE-003", "is a folder");
    }
}
