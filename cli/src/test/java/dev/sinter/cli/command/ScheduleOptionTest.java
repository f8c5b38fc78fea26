package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.cli.CommandRun;
import dev.sinter.cli.SampleFiles;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `--schedule`, in all commands that have it, and `inspect --schedules`, which prints what it takes.
class ScheduleOptionTest {
    private static final String LINE = "gemm: buffer; i1 5:2 global 0, k 84 serial, i1 2 unroll";

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("s.txt"), text);
    }

    private Path schedule(String line) throws IOException {
        return file("sinter.schedule 1\n\nstep dense3\n  " + line + "\n");
    }

    private static JsonNode json(Object... arguments) throws IOException {
        return new ObjectMapper().readTree(CommandRun.of(arguments).fine().out());
    }

    @ParameterizedTest
    @CsvSource({"zoo:resnet18, pocl-avx512", "zoo:lenet5, nvidia-h200", "zoo:lenet5, xilinx-vu9p"})
    void what_is_printed_can_be_given_back(String network, String target) throws Exception {
        Object[] printing = {"inspect", network, "--target", target, "--schedules"};
        String printed = CommandRun.of(printing).fine().out();
        assertTrue(printed.startsWith("sinter.schedule 1\n\n# " + network + " on " + target + "\n"), printed);
        String again = CommandRun.of("inspect", network, "--target", target, "--schedules", "--schedule", file(printed))
                .fine()
                .out();
        assertEquals(printed, again);
    }

    @Test
    void the_step_that_is_named_has_the_schedule_of_the_file() throws Exception {
        Object[] command = {
            "inspect", "zoo:lenet5", "--target", "pocl-avx2", "--schedules", "--schedule", schedule(LINE)
        };
        String printed = CommandRun.of(command).fine().out();
        String others = CommandRun.of("inspect", "zoo:lenet5", "--target", "pocl-avx2", "--schedules")
                .fine()
                .out();
        assertTrue(printed.contains("\nstep dense3\n  " + LINE + "\n"), printed);
        assertEquals(others.replaceFirst("step dense3\n.*", ""), printed.replaceFirst("step dense3\n.*", ""));
    }

    @Test
    void among_candidates_the_written_one_is_taken_and_not_the_cheapest() throws Exception {
        Path file = schedule(LINE);
        String out = CommandRun.of(
                        "inspect", "zoo:lenet5", "--device", "jvm", "--candidates", "dense3", "--schedule", file)
                .fine()
                .out();
        assertTrue(out.contains("\n\nschedule " + file + ":3:6, taken\n      " + LINE + "\n\n1 kernel, "), out);
        assertEquals(1, out.split(", taken").length - 1, out);
    }

    @Test
    void inspect_says_which_schedules_are_from_a_file() throws Exception {
        Path file = schedule(LINE);
        JsonNode kernels = json("inspect", "zoo:lenet5", "--device", "jvm", "--json", "--schedule", file)
                .get("kernels");
        for (JsonNode kernel : kernels) {
            boolean written = kernel.get("layers").toString().equals("[\"dense3\"]");
            assertEquals(written, kernel.has("schedule"), kernel::toString);
            assertTrue(!written || kernel.get("schedule").asText().equals(file + ":3:6"), kernel::toString);
        }
        String table = CommandRun.of("inspect", "zoo:lenet5", "--device", "jvm", "--schedule", file)
                .fine()
                .out();
        assertAll(
                () -> assertTrue(table.contains("SCHEDULE\n"), table),
                () -> assertTrue(table.contains(file + ":3:6\n"), table),
                () -> assertFalse(CommandRun.of("inspect", "zoo:lenet5", "--device", "jvm")
                        .fine()
                        .out()
                        .contains("SCHEDULE")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void verify_judges_them_and_says_so(boolean exact) throws Exception {
        Path file = schedule(LINE);
        Object[] command = {
            "verify", "zoo:lenet5", "--device", "jvm", "--schedule", file, exact ? "--exact" : "--layers"
        };
        String out = CommandRun.of(command).fine().out();
        assertTrue(out.contains("schedules from a file: dense3 (" + file + ":3:6)\n"), out);
        JsonNode layers = json("verify", "zoo:lenet5", "--device", "jvm", "--json", "--schedule", file)
                .get("layers");
        assertEquals(file + ":3:6", layers.get(4).get("schedule").asText());
        assertFalse(layers.get(0).has("schedule"));
    }

    @Test
    void run_and_compile_report_them() throws Exception {
        Path file = schedule(LINE);
        Path picture = SampleFiles.picture(folder.resolve("red.png"), 28, 28, Color.RED);
        Path report = folder.resolve("report.json");
        CommandRun run = CommandRun.of(
                        "run",
                        "zoo:lenet5",
                        "--device",
                        "jvm",
                        "--input",
                        picture,
                        "--compare",
                        "--schedule",
                        file,
                        "--report",
                        report)
                .fine();
        assertTrue(run.err().contains("schedules from a file: those of 1 of 6 kernels"), run.err());
        JsonNode kernels = new ObjectMapper().readTree(report.toFile()).get("kernels");
        assertEquals(file + ":3:6", kernels.get(4).get("schedule").asText());

        Path out = folder.resolve("out");
        CommandRun.of("compile", "zoo:lenet5", "--target", "pocl-avx2", "--out", out, "--schedule", file)
                .fine();
        String plan = Files.readString(out.resolve("plan.txt"));
        assertTrue(plan.contains("step 4: dense3 (gemm)  schedule " + file + ":3:6\n"), plan);
        JsonNode manifest =
                new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
        assertEquals(
                file + ":3:6", manifest.get("kernels").get(4).get("schedule").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "compile", "run", "verify"})
    void an_illegal_schedule_is_refused_before_anything_is_written(String command) throws Exception {
        Path file = schedule(LINE.replace("5:2", "4:2"));
        Path out = folder.resolve("out");
        Object[] arguments = switch (command) {
            case "compile" -> new Object[] {command, "zoo:lenet5", "--schedule", file, "--device", "jvm", "--out", out};
            case "run" -> {
                Path picture = SampleFiles.picture(folder.resolve("red.png"), 28, 28, Color.RED);
                yield new Object[] {
                    command, "zoo:lenet5", "--schedule", file, "--device", "jvm", "--input", picture, "--report", out
                };
            }
            default -> new Object[] {command, "zoo:lenet5", "--schedule", file, "--device", "jvm"};
        };
        CommandRun.of(arguments)
                .isWrongUse(
                        "SCHED-001",
                        file + ":4:3 gemm: loops over i1 cover 8 of 10",
                        "hint: a stage's loops cover what is demanded, each once");
        assertFalse(Files.exists(out));
    }

    private void isRefused(String code, String... words) {
        CommandRun.of("inspect", "zoo:lenet5", "--device", "jvm", "--schedule", folder.resolve("s.txt"))
                .isWrongUse(code, words);
    }

    @Test
    void what_is_wrong_in_a_file_is_told_with_its_place() throws Exception {
        schedule(LINE.replace("serial", "in_turn"));
        isRefused(
                "TEXT-001",
                "s.txt:4:39: found 'in_turn' but expected serial, unroll, vector, global, local or pipeline");
        schedule(LINE.replace("k 84", "ic 84"));
        isRefused("SCHED-002", "s.txt:4:34: found axis ic but stage gemm has [i0, i1, k]");
        schedule("conv: inline");
        isRefused("SCHED-002", "s.txt:4:3: found stage conv but step dense3 has [gemm]");
        file("sinter.schedule 1\nstep dense\n");
        isRefused(
                "SCHED-002",
                "s.txt:2:6 dense: is no step of this network, which has [pool1, pool2, relu3, relu4, dense3, softmax1]",
                "did you mean dense3?");
        file("sinter.schedule 1\nstep conv1\n");
        isRefused("SCHED-002", "s.txt:2:6 conv1: is no step of its own but a layer of step pool1");
        file("sinter.schedule 7\n");
        isRefused("TEXT-002", "s.txt:1:17: the text has format version 7 but version 1 is expected");
    }

    @Test
    void what_is_no_text_is_told_with_its_name() throws Exception {
        isRefused("FILE-001", "s.txt: there is no such file");
        Files.write(folder.resolve("s.txt"), new byte[] {'s', (byte) 0xff, 0});
        isRefused("FILE-002", "s.txt: is no text in UTF-8");
        Files.delete(folder.resolve("s.txt"));
        Files.createDirectory(folder.resolve("s.txt"));
        isRefused("FILE-002", "s.txt: is a folder but a file is expected");
    }

    @Test
    void a_file_is_read_before_the_model() throws Exception {
        Path file = file("sinter.graph 1\n");
        CommandRun.of("verify", "no-such-model.onnx", "--schedule", file).isWrongUse("TEXT-001", "sinter.schedule 1");
    }

    @Test
    void editors_may_put_a_byte_order_mark_before_it() throws Exception {
        Path file = file("\uFEFFsinter.schedule 1\r\nstep dense3\r\n" + LINE + "\r\n");
        CommandRun.of("inspect", "zoo:lenet5", "--device", "jvm", "--schedule", file)
                .fine();
    }

    @Test
    void schedules_are_printed_by_themselves() {
        CommandRun.of("inspect", "zoo:lenet5", "--schedules", "--json").isWrongUse("OPT-001", "--schedules", "--json");
    }
}
