package dev.sinter.tests.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Place;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.schedule.ScheduleFile;
import dev.sinter.tests.support.CommandRun;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.SampleTargets;
import dev.sinter.tests.verify.Verified;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A schedule that somebody writes, from the text that is printed to the kernels that run.
@NullMarked
class WrittenScheduleTest {
    private static final Path PAGE = Path.of("../docs/schedules.md");
    private static final Path NETWORK = Path.of("src/test/resources/golden/conv_relu_max_pool_single_task.sir");

    @TempDir
    Path folder;

    @Test
    void a_tile_that_is_changed_runs_on_the_jvm() throws Exception {
        runsWithAnotherTile(Devices.JVM);
    }

    @Test
    @Tag("opencl")
    void a_tile_that_is_changed_runs_on_opencl() throws Exception {
        runsWithAnotherTile(Devices.OPENCL);
    }

    private void runsWithAnotherTile(String backend) throws IOException {
        Devices.of(backend);
        String printed = CommandRun.fine("inspect", NETWORK, "--device", backend, "--schedules");
        String changed = printed.lines()
                .map(line -> line.startsWith("  max_pool: ") ? otherTile(line) : line)
                .collect(Collectors.joining("\n", "", "\n"));
        assertNotEquals(printed, changed);
        Path file = Files.writeString(folder.resolve("s.txt"), changed);

        assertEquals(
                changed, CommandRun.fine("inspect", NETWORK, "--device", backend, "--schedules", "--schedule", file));
        String verified = CommandRun.fine("verify", NETWORK, "--device", backend, "--schedule", file);
        assertTrue(verified.contains("schedules from a file: p (" + file + ":6:6)"), verified);
        CommandRun.fine("verify", NETWORK, "--device", backend, "--schedule", file, "--exact");
        Path picture = folder.resolve("black.png");
        ImageIO.write(new BufferedImage(12, 12, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        String ran = CommandRun.fine(
                "run", NETWORK, "--input", picture, "--device", backend, "--schedule", file, "--compare");
        assertTrue(ran.contains("agrees with the oracle"), ran);
    }

    /// The line with another width: six columns are two tiles of three, or three of two.
    private static String otherTile(String line) {
        String two = tiled(line, 2);
        return two.equals(line) ? tiled(line, 3) : two;
    }

    private static String tiled(String line, int tiles) {
        int colon = line.indexOf("; ") + 2;
        List<String> loops = new ArrayList<>(List.of(line.substring(colon).split(", ")));
        int first = IntStream.range(0, loops.size())
                .filter(at -> loops.get(at).startsWith("w "))
                .findFirst()
                .orElseThrow();
        int width = 6 / tiles;
        String kind = loops.get(first).split(" ", 3)[2];
        loops.set(first, "w " + tiles + ":" + width + " " + kind);
        IntStream.range(first + 1, loops.size())
                .filter(at -> loops.get(at).startsWith("w "))
                .boxed()
                .toList()
                .reversed()
                .forEach(at -> loops.remove((int) at));
        loops.add(loops.getLast().endsWith(" vector") ? loops.size() - 1 : loops.size(), "w " + width + " unroll");
        return line.substring(0, colon) + String.join(", ", loops);
    }

    private static Graph network() throws IOException {
        return GraphParser.parse(Files.readString(NETWORK), "conv_relu_max_pool.sir");
    }

    private static String example() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("```\nsinter.schedule 1\n") + 4;
        return page.substring(begin, page.indexOf("```", begin));
    }

    private static CompileOptions options(String text) {
        return CompileOptions.DEFAULT.withSchedules(ScheduleFile.parse(text, "s.txt"));
    }

    private static void isRight(Device device) throws IOException {
        CompileOptions options = options(example()).withIntermediatesKept();
        try (Executable executable = Sinter.compile(network(), device, options)) {
            assertEquals(
                    List.of(Optional.of(new Place("s.txt", 4, 6))),
                    executable.steps().stream().map(step -> step.writtenAt()).toList());
            Verified.bounded(executable);
        }
    }

    @Test
    void the_example_of_the_documentation_is_right_on_the_jvm() throws Exception {
        isRight(Devices.of(Devices.JVM));
    }

    @Test
    @Tag("opencl")
    void the_example_of_the_documentation_is_right_on_opencl() throws Exception {
        isRight(Devices.of(Devices.OPENCL));
    }

    @Test
    void the_documentation_shows_what_is_refused() throws Exception {
        String wrong = example().replace("w 3:2", "w 2:2");
        assertFalse(wrong.equals(example()));
        var fault = assertThrows(
                CompileException.class, () -> Sinter.program(network(), SampleTargets.AVX512, options(wrong)));
        assertTrue(Files.readString(PAGE).contains("```\n" + fault.getMessage() + "\n```"), fault.getMessage());
    }
}
