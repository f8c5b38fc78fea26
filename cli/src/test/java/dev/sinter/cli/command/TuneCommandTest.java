package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.cli.CommandRun;
import dev.sinter.ir.schedule.TuningFile;
import dev.sinter.ir.schedule.TuningTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `sinter tune`: what it writes and says. How fast anything is nobody asks here.
class TuneCommandTest {
    @TempDir
    Path folder;

    private Path network() throws IOException {
        return Files.writeString(folder.resolve("small.sir"), """
            sinter.graph 1
            graph small {
              %x: f32[1,3,12,12] = input
              %w: f32[8,3,3,3] = constant random 1
              %v: f32[8,8,3,3] = constant random 2
              %h = conv(%x, %w) pads=[1,1,1,1] @conv1
              %r = relu(%h) @relu1
              %g = conv(%r, %v) pads=[1,1,1,1] @conv2
              %s = relu(%g) @relu2
              %k = conv(%s, %v) pads=[1,1,1,1] @conv3
              %t = relu(%k) @relu3
              %p = max_pool(%t) kernel=[2,2] strides=[2,2] @pool1
              return %p
            }
            """);
    }

    private CommandRun tune(Object... more) throws IOException {
        Object[] arguments = new Object[more.length + 8];
        Object[] first = {
            "tune", network(), "--device", "jvm", "--minutes", "2", "--out", folder.resolve("t.txt"),
        };
        System.arraycopy(first, 0, arguments, 0, 8);
        System.arraycopy(more, 0, arguments, 8, more.length);
        return CommandRun.of(arguments);
    }

    private TuningTable table() throws IOException {
        TuningFile file = TuningFile.parse(Files.readString(folder.resolve("t.txt")), "t.txt");
        assertEquals(1, file.tables().size());
        return file.tables().getFirst();
    }

    @Test
    void every_kernel_gets_an_entry_that_other_commands_take() throws Exception {
        CommandRun run = tune("--top", "3").fine();
        Path file = folder.resolve("t.txt");
        assertAll(
                () -> assertEquals(3, table().kernels().size()),
                () -> assertTrue(run.out().contains("3 kernels of "), run::out),
                () -> assertTrue(run.out().endsWith("kept in " + file + "\n"), run::out),
                () -> assertTrue(run.err().contains("\n1 of 3  "), run::err),
                () -> assertTrue(run.err().contains("\n3 of 3  "), run::err));

        String verified = CommandRun.of("verify", network(), "--device", "jvm", "--tuning", file)
                .fine()
                .out();
        assertTrue(verified.contains("tuned schedules: those of 3 of 3 groups of layers"), verified);
        CommandRun exact = CommandRun.of("verify", network(), "--device", "jvm", "--tuning", file, "--exact");
        assertEquals("", exact.fine().err().replaceFirst("device: .*\n", ""));

        // The same layer in another network, under other names.
        Path other = Files.writeString(folder.resolve("other.sir"), """
            sinter.graph 1
            graph other {
              %image: f32[1,3,12,12] = input
              %f: f32[8,3,3,3] = constant random 7
              %v: f32[8,8,1,1] = constant random 2
              %a = conv(%image, %f) pads=[1,1,1,1] @first
              %b = relu(%a) @second
              %c = conv(%b, %v) @third
              return %c
            }
            """);
        String judged = CommandRun.of("verify", other, "--device", "jvm", "--tuning", file)
                .fine()
                .out();
        assertTrue(judged.contains("tuned schedules: those of 1 of 2 groups of layers"), judged);
    }

    @Test
    void it_goes_on_where_it_stopped() throws Exception {
        tune("--top", "1").fine();
        String text = Files.readString(folder.resolve("t.txt"));
        int last = text.lastIndexOf("\nkernel ");
        Files.writeString(folder.resolve("t.txt"), text.substring(0, last) + "\ntarget gpu\n");
        CommandRun again = tune("--top", "1").fine();
        assertTrue(again.err().contains("\n1 of 1  "), again::err);
        String now = Files.readString(folder.resolve("t.txt"));
        assertTrue(now.contains("\ntarget gpu\n"), now);
        assertEquals(4, now.split("\nkernel ").length, now);
        CommandRun none = tune("--top", "1").fine();
        assertTrue(none.out().startsWith("every kernel of "), none::out);
        CommandRun all = tune("--top", "1", "--again", "--quiet").fine();
        assertTrue(all.out().startsWith("3 kernels of "), all::out);
        assertEquals("", all.err());
    }

    @Test
    void what_is_wrong_is_told_before_anything_is_measured() throws Exception {
        tune("--top", "0").isWrongUse("OPT-001", "--top: 0 must be at least 1");
        CommandRun.of("tune", network(), "--device", "jvm").isWrongUse("OPT-001", "--minutes");
        CommandRun.of("tune", network(), "--device", "jvm", "--minutes", "0").isWrongUse("OPT-001", "--minutes");
        Files.writeString(folder.resolve("t.txt"), "something else\n");
        tune().isWrongUse("TEXT-001", "t.txt:1:1: found 'something' but expected the first line 'sinter.tuning 1'");
        assertEquals("something else\n", Files.readString(folder.resolve("t.txt")));
        CommandRun.of("tune", network(), "--device", "jvm", "--minutes", "1", "--out", folder.resolve("none/t.txt"))
                .isWrongUse("FILE-003", "there is no folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "compile", "run", "verify", "bench"})
    void a_wrong_file_is_refused_before_anything_else_is_read(String command) throws Exception {
        Path file = Files.writeString(folder.resolve("t.txt"), "sinter.tuning 1\ncolour red\n");
        Path model = folder.resolve("none.onnx");
        Object[] arguments = switch (command) {
            case "run" -> new Object[] {command, model, "--input", "x.png", "--tuning", file};
            case "compile" -> new Object[] {command, model, "--out", folder.resolve("o"), "--tuning", file};
            default -> new Object[] {command, model, "--tuning", file};
        };
        CommandRun.of(arguments).isWrongUse("TEXT-001", "t.txt:2:1: found 'colour' but expected 'target'");
        assertFalse(Files.exists(folder.resolve("o")));
    }
}
