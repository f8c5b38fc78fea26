package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.cli.CommandRun;
import dev.sinter.cli.file.NpyReader;
import dev.sinter.cli.file.NpyWriter;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever runs on the host is named by every command.
@NullMarked
class HostReportTest {
    private static final String LINE = "on the host, not checked independently: best (top_k), found (non_zero)";

    @TempDir
    private Path folder;

    private Path model = Path.of("");

    @BeforeEach
    void write() throws Exception {
        model = Files.writeString(folder.resolve("host.sir"), """
            sinter.graph 1
            graph host {
              %x: f32[1,1,6,8] = input
              %w: f32[4,1,3,3] = constant random 1
              %conv = conv(%x, %w) pads=[1,1,1,1]
              %relu = relu(%conv)
              %best, %places = top_k(%relu) axis=3 count=2 largest=true
              %y = tanh(%best)
              %found = non_zero(%relu)
              return %y, %found
            }
            """);
    }

    private CommandRun run(String command, Object... more) {
        Object[] words = new Object[more.length + 2];
        words[0] = command;
        words[1] = model;
        System.arraycopy(more, 0, words, 2, more.length);
        CommandRun run = CommandRun.of(words);
        assertEquals(0, run.exitCode(), run::toString);
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "inspect", "explain"})
    void for_people_and_for_programs(String command) throws Exception {
        String said = run(command, "--device", "jvm").out().replaceAll("\\s+", " ");
        assertTrue(said.contains(LINE), said);
        JsonNode report = new ObjectMapper()
                .readTree(run(command, "--device", "jvm", "--json").out());
        assertEquals(
                "[\"best (top_k)\",\"found (non_zero)\"]", report.get("onHost").toString());
    }

    @Test
    void bit_for_bit_too() {
        String said = run("verify", "--device", "jvm", "--exact").out();
        assertTrue(said.contains("passed: 2 groups of layers"), said);
        assertTrue(said.contains(LINE), said);
    }

    @Test
    void a_compiled_network_tells_what_is_left_to_do() throws Exception {
        Path out = folder.resolve("compiled");
        String said =
                run("compile", "--target", "generic-opencl-gpu", "--out", out).out();
        JsonNode manifest =
                new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
        assertAll(
                () -> assertTrue(said.contains(LINE), said),
                () -> assertEquals(2, manifest.get("onHost").size()),
                () -> assertTrue(Files.readString(out.resolve("plan.txt"))
                        .contains("best (top_k)  on the host, not checked independently")));
    }

    @Test
    void a_run_tells_and_saves_the_extents_that_it_came_to() throws Exception {
        Path input = folder.resolve("x.npy");
        NpyWriter.write(OutputFile.at(input), RandomTensors.normal(TensorType.float32(1, 1, 6, 8), 0, 1, 3));
        Path report = folder.resolve("report.json");
        Path outputs = folder.resolve("outputs");
        CommandRun run = run("run", "--input", input, "--device", "jvm", "--report", report, "--save-outputs", outputs);
        assertTrue(run.err().contains(LINE), run::toString);
        assertEquals(
                2, new ObjectMapper().readTree(report.toFile()).get("onHost").size());
        Shape found = NpyReader.read(outputs.resolve("found.run0.npy")).shape();
        assertTrue(run.out().contains("i64" + found), run::toString);
        assertEquals(4, found.dim(0));
        assertTrue(found.dim(1) < 4 * 6 * 8, found::toString);
    }
}
