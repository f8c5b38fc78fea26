package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.cli.CommandRun;
import dev.sinter.cli.SampleFiles;
import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.hardware.HardwareConfigs;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Devices;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.Target;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--tuning` and `--no-tuning`, in all commands that have them. The entry is for the last layer of LeNet-5, with
/// another schedule than the compiler's.
class TuningOptionTest {
    private static final String LINE = "gemm: buffer; i1 5:2 global 0, k 84 serial, i1 2 unroll";

    @TempDir
    Path folder;

    /// The entry's form does not depend on the weights.
    private static String form(Target target) {
        return Sinter.program(Zoo.graph("lenet5", 1, 1), target, CompileOptions.DEFAULT).plan().steps().stream()
                .filter(step -> step.cluster().last().name().equals("dense3"))
                .map(Step::form)
                .findFirst()
                .orElseThrow();
    }

    private Path file(Target target, String line) throws IOException {
        return Files.writeString(
                folder.resolve("t.txt"),
                "sinter.tuning 1\n\ntarget \"" + target.name() + "\"\n\nkernel " + form(target) + "\n  " + line + "\n");
    }

    private static Target jvm() {
        return Devices.installed().choose("jvm").device().target();
    }

    private static JsonNode json(Object... arguments) throws IOException {
        return new ObjectMapper().readTree(CommandRun.of(arguments).fine().out());
    }

    @Test
    void inspect_takes_and_tells_them() throws Exception {
        Path file = file(jvm(), LINE);
        JsonNode kernels = json("inspect", "zoo:lenet5", "--device", "jvm", "--json", "--tuning", file)
                .get("kernels");
        for (JsonNode kernel : kernels) {
            boolean tuned = kernel.get("layers").toString().equals("[\"dense3\"]");
            assertEquals(tuned, kernel.has("tuned"), kernel::toString);
            assertTrue(!tuned || kernel.get("tuned").asText().equals(file + ":5:8"), kernel::toString);
        }
        Object[] command = {"inspect", "zoo:lenet5", "--device", "jvm", "--tuning", file};
        String table = CommandRun.of(command).fine().out();
        assertTrue(table.contains("  tuned: " + file + ":5:8\n"), table);
        String schedules = CommandRun.of("inspect", "zoo:lenet5", "--device", "jvm", "--tuning", file, "--schedules")
                .fine()
                .out();
        assertTrue(schedules.contains("\nstep dense3\n  " + LINE + "\n"), schedules);
    }

    @Test
    void without_tuning_nothing_is_taken() throws Exception {
        Object[] command = {"inspect", "zoo:lenet5", "--device", "jvm", "--no-tuning", "--schedules"};
        assertFalse(CommandRun.of(command).fine().out().contains(LINE));
        CommandRun.of("inspect", "zoo:lenet5", "--device", "jvm", "--no-tuning", "--tuning", file(jvm(), LINE))
                .isWrongUse("OPT-001", "--no-tuning: leaves no use for --tuning");
    }

    @Test
    void among_candidates_the_measured_one_is_taken_and_not_the_cheapest() throws Exception {
        Path file = file(jvm(), LINE);
        Object[] command = {"inspect", "zoo:lenet5", "--device", "jvm", "--candidates", "dense3", "--tuning", file};
        String out = CommandRun.of(command).fine().out();
        assertTrue(out.contains("\n\ntuned schedule " + file + ":5:8, taken\n      " + LINE + "\n\n1 kernel, "), out);
        assertEquals(1, out.split(", taken").length - 1, out);
        String other = CommandRun.of(
                        "inspect", "zoo:lenet5", "--device", "jvm", "--candidates", "relu4", "--tuning", file)
                .fine()
                .out();
        assertFalse(other.contains("tuned"), other);
        assertTrue(other.lines().toList().get(2).endsWith(", taken"), other);
    }

    @Test
    void verify_judges_them_and_says_so() throws Exception {
        Path file = file(jvm(), LINE);
        String out = CommandRun.of("verify", "zoo:lenet5", "--device", "jvm", "--tuning", file)
                .fine()
                .out();
        assertTrue(out.contains("tuned schedules: those of 1 of 6 groups of layers\n"), out);
        JsonNode layers = json("verify", "zoo:lenet5", "--device", "jvm", "--json", "--tuning", file)
                .get("layers");
        assertEquals(file + ":5:8", layers.get(4).get("tuned").asText());
        assertFalse(layers.get(0).has("tuned"));
    }

    @Test
    void run_reports_them() throws Exception {
        Path file = file(jvm(), LINE);
        Path picture = SampleFiles.picture(folder.resolve("red.png"), 28, 28, Color.RED);
        Path report = folder.resolve("report.json");
        Object[] command = {
            "run",
            "zoo:lenet5",
            "--device",
            "jvm",
            "--input",
            picture,
            "--compare",
            "--tuning",
            file,
            "--report",
            report
        };
        CommandRun run = CommandRun.of(command).fine();
        assertTrue(run.err().contains("tuned schedules: those of 1 of 6 kernels"), run.err());
        JsonNode kernels = new ObjectMapper().readTree(report.toFile()).get("kernels");
        assertEquals(file + ":5:8", kernels.get(4).get("tuned").asText());
    }

    @Test
    void compile_reports_them_for_a_device_that_is_elsewhere() throws Exception {
        Path file = file(HardwareConfigs.bundled().named("pocl-avx2").target(), LINE);
        Path out = folder.resolve("out");
        CommandRun.of("compile", "zoo:lenet5", "--target", "pocl-avx2", "--out", out, "--tuning", file)
                .fine();
        String plan = Files.readString(out.resolve("plan.txt"));
        assertTrue(plan.contains("step 4: dense3 (gemm)  tuned schedule " + file + ":5:8\n"), plan);
        JsonNode manifest =
                new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
        assertEquals(file + ":5:8", manifest.get("kernels").get(4).get("tuned").asText());
    }

    @Test
    void what_does_not_fit_is_ignored_and_said() throws Exception {
        Path file = file(jvm(), LINE.replace("5:2", "4:2"));
        Object[] command = {"inspect", "zoo:lenet5", "--device", "jvm", "--tuning", file};
        CommandRun run = CommandRun.of(command).fine();
        assertAll(
                () -> assertTrue(
                        run.err().contains("tuning: " + file + ":5:8 is ignored: gemm loops over i1 cover 8 of 10;"),
                        run::err),
                () -> assertFalse(run.out().contains("tuned"), run::out));
        CommandRun bench = CommandRun.of(
                        "bench", "zoo:lenet5", "--device", "jvm", "--no-check", "--rounds", 1, "--tuning", file)
                .fine();
        assertTrue(bench.err().contains("tuning: " + file + ":5:8 is ignored: gemm loops"), bench::err);
        Files.writeString(file, Files.readString(file).replaceFirst("target .*", "target another"));
        CommandRun other = CommandRun.of(command).fine();
        assertTrue(
                other.err()
                        .contains("tuning: " + file + " has a table for another that is ignored: it is for target"
                                + " another, not for " + jvm().name()),
                other::err);
        assertEquals(
                "",
                CommandRun.of("inspect", "zoo:lenet5", "--device", "jvm", "--quiet", "--tuning", file)
                        .fine()
                        .err());
    }
}
