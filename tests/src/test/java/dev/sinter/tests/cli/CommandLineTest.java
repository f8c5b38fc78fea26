package dev.sinter.tests.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.tests.support.CommandRun;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Requirements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The command line on real networks and pictures.
class CommandLineTest {
    @TempDir
    Path folder;

    private void classifiesTheDigits(String backend) throws Exception {
        Path data = Requirements.sharedData();
        Devices.of(backend);
        Path digits = data.resolve("datasets/mnist");
        Path report = folder.resolve("report.json");
        CommandRun run = CommandRun.of(
                "run",
                data.resolve("models/mnist-8/model.onnx"),
                "--input",
                digits.resolve("t10k-images-idx3-ubyte.gz"),
                "--labels",
                digits.resolve("t10k-labels-idx1-ubyte.gz"),
                "--scale",
                "1/255",
                "--mean",
                "0.1307",
                "--std",
                "0.3081",
                "--device",
                backend,
                "--report",
                report);
        assertEquals(0, run.exitCode(), run::toString);
        JsonNode written = new ObjectMapper().readTree(report.toFile());
        assertEquals(9893, written.get("correct").asInt());
        assertEquals(10000, written.get("images").asInt());
        assertEquals(backend + ":0", written.get("device").asText());
    }

    @Test
    @Tag("opencl")
    void handwritten_digits_are_classified_as_well_as_by_others_on_opencl() throws Exception {
        classifiesTheDigits(Devices.OPENCL);
    }

    @Test
    void handwritten_digits_are_classified_as_well_as_by_others_on_the_jvm() throws Exception {
        classifiesTheDigits(Devices.JVM);
    }

    /// Each backend prints the loops that devices are measured by.
    @Test
    @Tag("opencl")
    void devices_are_measured_side_by_side() throws Exception {
        Devices.of(Devices.OPENCL);
        Path json = folder.resolve("bench.json");
        CommandRun run = CommandRun.of(
                "bench", "zoo:lenet5", "--device", "opencl,jvm", "--rounds", 3, "--layers", "--json", json);
        assertEquals(0, run.exitCode(), run::toString);
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        for (JsonNode device : report.get("devices")) {
            assertTrue(device.get("peak").asDouble() > 1e9, device::toString);
            assertTrue(device.get("bandwidth").asDouble() > 1e8, device::toString);
        }
        for (JsonNode result : report.get("models").get(0).get("results")) {
            for (JsonNode kernel : result.get("kernels")) {
                assertTrue(kernel.get("seconds").asDouble() > 0, kernel::toString);
            }
        }
    }

    @Test
    void pictures_are_classified_rightly() {
        Path model = Requirements.sharedData().resolve("models/squeezenet-fp16");
        CommandRun run = CommandRun.of(
                "run",
                model.resolve("model.onnx"),
                "--input",
                model,
                "--resize",
                256,
                "--order",
                "BGR",
                "--mean",
                "103.94,116.78,123.68",
                "--top",
                1,
                "--device",
                "jvm");
        assertEquals(0, run.exitCode(), run::toString);
        // ImageNet's classes: 281 to 285 are cats, 207 is the golden retriever, 94 the hummingbird.
        assertAll(
                () -> assertTrue(run.out().matches("(?s).*cat\\.jpg +28[1-5] .*"), run::out),
                () -> assertTrue(run.out().matches("(?s).*dog\\.jpg +207 .*"), run::out),
                () -> assertTrue(run.out().matches("(?s).*hummingbird\\.jpg +94 .*"), run::out));
    }

    @Test
    void tensors_of_onnx_are_inputs() {
        Path data = Requirements.sharedData().resolve("models/mnist-8");
        CommandRun run = CommandRun.of(
                "verify",
                data.resolve("model.onnx"),
                "--input",
                data.resolve("test_data_set_0/input_0.pb"),
                "--device",
                "jvm");
        assertEquals(0, run.exitCode(), run::toString);
        assertTrue(run.out().contains("passed: "), run::toString);
    }

    @Test
    void a_detector_with_two_outputs_is_summed_up() {
        Path model = Requirements.sharedData().resolve("models/ultraface-slim-320");
        CommandRun run = CommandRun.of(
                "run",
                model.resolve("model.onnx"),
                "--input",
                model.resolve("1.jpg"),
                "--mean",
                127,
                "--std",
                128,
                "--device",
                "jvm");
        assertEquals(0, run.exitCode(), run::toString);
        assertTrue(run.out().contains("scores  f32[1,4420,2]"), run::toString);
        assertTrue(run.out().contains("boxes   f32[1,4420,4]"), run::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 1000, 20000})
    void an_onnx_file_that_is_cut_off_is_told(int length) throws Exception {
        Path whole = Requirements.sharedData().resolve("models/mnist-8/model.onnx");
        Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(Files.readAllBytes(whole), length));
        CommandRun run = CommandRun.of("inspect", cut);
        assertEquals(2, run.exitCode(), run::toString);
        assertTrue(run.err().matches("(ONNX|FILE)-\\d+ .*cut\\.onnx: (?s:.*)"), run::toString);
        assertTrue(run.err().lines().count() <= 2, run::toString);
    }

    @Test
    @Tag("opencl")
    void every_layer_on_opencl_is_within_its_bound_and_integers_match() {
        Devices.of(Devices.OPENCL);
        for (String mode : new String[] {"--layers", "--exact"}) {
            CommandRun run = CommandRun.of("verify", "zoo:lenet5", "--device", "opencl", mode);
            assertEquals(0, run.exitCode(), run::toString);
        }
    }
}
