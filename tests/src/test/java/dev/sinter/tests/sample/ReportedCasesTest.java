package dev.sinter.tests.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sinter.tests.sample.CommandProcess.Ended;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Requirements;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Cases that users reported, each as the text beside it demands.
class ReportedCasesTest {
    private static final String MEMORY = "1g";

    /// How the text of a case begins that is a network with its outputs.
    private static final String NETWORK = "On oracle, jvm and opencl";

    @TempDir
    Path folder;

    private CommandProcess command() {
        return CommandProcess.of(folder, MEMORY);
    }

    @TestFactory
    Stream<DynamicTest> every_network_is_right_on_the_jvm() throws Exception {
        return everyNetworkOn(Devices.JVM);
    }

    @TestFactory
    @Tag("opencl")
    Stream<DynamicTest> every_network_is_right_on_opencl() throws Exception {
        Devices.of(Devices.OPENCL);
        return everyNetworkOn(Devices.OPENCL);
    }

    private Stream<DynamicTest> everyNetworkOn(String device) throws Exception {
        return cases(true)
                .map(reported -> DynamicTest.dynamicTest(name(reported), () -> {
                    Path results = folder.resolve(device + "-" + name(reported));
                    new ReportedNetwork(reported).isRightOn(device, command(), results);
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_other_case_is_as_its_text_demands() throws Exception {
        return cases(false).map(reported -> DynamicTest.dynamicTest(name(reported), () -> demand(reported)));
    }

    private static Stream<Path> cases(boolean networks) throws Exception {
        try (Stream<Path> folders = Files.list(Requirements.sharedData().resolve("reported"))) {
            List<Path> sorted = folders.sorted().toList();
            return sorted.stream().filter(reported -> text(reported).startsWith(NETWORK) == networks);
        }
    }

    private static String text(Path reported) {
        try {
            return Files.readString(reported.resolve("case.txt"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String name(Path reported) {
        return String.valueOf(reported.getFileName());
    }

    private static Path sample(String name) {
        return Requirements.projectRoot().resolve("samples").resolve(name);
    }

    private void demand(Path reported) throws Exception {
        Path model = reported.resolve("model.onnx");
        switch (name(reported)) {
            case "big-picture-small-heap" -> tellsThatMemoryIsOut();
            case "cmyk-jpeg", "cmyk-jpeg-2" -> isReadAs(reported, "picture.jpg", 3);
            case "exif-orientation-6" -> isReadAs(reported, "picture.png", 0);
            case "jpeg-with-profile" -> {
                isReadAs(reported, "picture.jpg", 3);
                isReadAs(reported, "picture.png", 3);
            }
            case "conv-no-filters" -> {
                command().run("verify", model, "--device", "jvm").answered();
                command().run("inspect", model).answered();
                command().run("explain", model).answered();
            }
            case "huge-batch" ->
                command()
                        .run("inspect", sample("digits.onnx"), "--batch", 10_000_000_000L, "--device", "jvm")
                        .answered();
            case "initialiser-input-shape" -> command().run("inspect", model).refused();
            case "labels-with-bom" -> labelsHaveNoMark(reported.resolve("labels.txt"));
            case "no-shape-hint" ->
                assertFalse(command().run("inspect", model).refused().err().contains("Model."));
            case "open-dimension-hint" -> {
                String err = command().run("inspect", model).refused().err();
                assertTrue(err.contains("--bind H=") && !err.contains("Model."), err);
            }
            case "non-ascii-path-in-c-locale" -> pathIsFoundOrTheLocaleIsTold(model);
            case "output-disk-full" -> {
                Ended ended = command()
                        .through("exec \"$@\" >/dev/full")
                        .run("inspect", sample("digits.onnx"), "--device", "jvm");
                assertNotEquals(0, ended.exitCode(), ended::toString);
            }
            case "outputs-same-file-name" -> {
                Path results = folder.resolve("outputs");
                Path input = reported.resolve("test_data_set_0/input_0.pb");
                command()
                        .run("run", model, "--input", input, "--save-outputs", results, "--device", "jvm")
                        .fine();
                new ReportedNetwork(reported).assertYields(results, 0);
            }
            case "pocl-cache-not-writable" -> platformWithoutDeviceIsTold();
            default -> fail("nothing is demanded yet of " + reported);
        }
    }

    private void isReadAs(Path reported, String picture, double tolerance) throws Exception {
        Path results = folder.resolve(name(reported) + "-" + picture);
        command()
                .run(
                        "run",
                        reported.resolve("model.onnx"),
                        "--input",
                        reported.resolve(picture),
                        "--save-outputs",
                        results,
                        "--top",
                        0,
                        "--device",
                        "jvm")
                .fine();
        new ReportedNetwork(reported).assertYields(results, tolerance);
    }

    private void tellsThatMemoryIsOut() throws Exception {
        Path picture = folder.resolve("4000x3000.png");
        ImageIO.write(new BufferedImage(4000, 3000, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        String err = CommandProcess.of(folder, "128m")
                .run("run", sample("digits.onnx"), "--input", picture, "--device", "jvm")
                .withExit(Set.of(1))
                .err();
        assertTrue(err.contains("out of memory") && err.contains("hint: "), err);
    }

    private void labelsHaveNoMark(Path labels) throws Exception {
        Path predictions = folder.resolve("predictions.csv");
        Ended ended = command()
                .run(
                        "run",
                        sample("digits.onnx"),
                        "--input",
                        sample("digits/digit-0-01.png"),
                        "--labels",
                        labels,
                        "--top",
                        1,
                        "--out",
                        predictions,
                        "--device",
                        "jvm")
                .fine();
        String all = ended.out() + Files.readString(predictions);
        assertTrue(all.contains("null"), all);
        assertEquals(-1, all.indexOf('\ufeff'), all);
    }

    private void pathIsFoundOrTheLocaleIsTold(Path model) throws Exception {
        // The name is made by the shell, as this process may be in such a locale itself.
        String line = "path=$(printf '%s/\\320\\277\\303\\251.onnx' '" + folder + "'); cp '" + model
                + "' \"$path\"; exec \"$@\" inspect \"$path\"";
        Ended ended = command().with("LC_ALL", "C").through(line).run();
        boolean told = ended.err().contains("LC_ALL=C.UTF-8");
        assertTrue(ended.exitCode() == 0 || ended.exitCode() == 2 && told, ended::toString);
    }

    private void platformWithoutDeviceIsTold() throws Exception {
        Devices.of(Devices.OPENCL);
        Ended devices = command().with("POCL_CACHE_DIR", "/proc/x").run("devices");
        String all = devices.out() + devices.err();
        assertTrue(all.contains("Portable Computing Language") && all.contains("cache"), all);
        command()
                .with("POCL_CACHE_DIR", "/proc/x")
                .run("verify", "zoo:lenet5", "--device", "opencl")
                .refused();
    }
}
