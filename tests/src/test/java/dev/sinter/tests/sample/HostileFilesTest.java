package dev.sinter.tests.sample;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.tests.sample.CommandProcess.Ended;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Requirements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Files that are hostile or awkward: each is answered or refused, within seconds, little memory and few lines. How
/// each must end is what the table beside them says.
class HostileFilesTest {
    /// What is promised, the heap of the VM being the part that a file can blow up.
    private static final String MEMORY = "512m";

    private static final Set<String> VALID = Set.of(
            "softmax_between_transposes.sir",
            "softmax_inside_reduction.sir",
            "chain_100.sir",
            "chain_300.sir",
            "concat_1000.sir",
            "escapes_in_names.onnx");

    private static final Set<String> REFUSED = Set.of(
            "extent_2_40.sir",
            "huge_input_2_51.onnx",
            "reshape_to_rank_20000.onnx",
            "random_800mb_before_a_fault.sir",
            "gradient_three_outputs_for_two.onnx");

    @TempDir
    Path folder;

    private static Path file(String name) {
        return Requirements.sharedData().resolve("hostile").resolve(name);
    }

    private CommandProcess command() {
        return CommandProcess.of(folder, MEMORY);
    }

    @TestFactory
    Stream<DynamicTest> every_network_is_verified_or_refused_on_the_jvm() throws Exception {
        return everyNetworkOn(Devices.JVM);
    }

    @TestFactory
    @Tag("opencl")
    Stream<DynamicTest> every_network_is_verified_or_refused_on_opencl() throws Exception {
        Devices.of(Devices.OPENCL);
        return everyNetworkOn(Devices.OPENCL);
    }

    private Stream<DynamicTest> everyNetworkOn(String device) throws Exception {
        List<Path> networks;
        try (Stream<Path> files = Files.list(file(""))) {
            networks = files.filter(file -> file.toString().matches(".*\\.(sir|onnx)"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
        return networks.stream()
                .map(network -> DynamicTest.dynamicTest(
                        String.valueOf(network.getFileName()), () -> verifiedOrRefused(network, device)));
    }

    private void verifiedOrRefused(Path network, String device) throws Exception {
        String name = String.valueOf(network.getFileName());
        Ended ended = command().run("verify", network, "--device", device).answered();
        assertFalse(VALID.contains(name) && ended.exitCode() != 0, ended::toString);
        assertFalse(REFUSED.contains(name) && ended.exitCode() != 2, ended::toString);
    }

    @Test
    void what_is_too_large_to_run_is_too_large_to_inspect() throws Exception {
        command().run("inspect", file("huge_input_2_51.onnx")).refused();
        command().run("inspect", file("extent_2_40.sir")).refused();
    }

    @Test
    void control_sequences_in_names_are_shown_and_not_sent() throws Exception {
        Ended ended = command()
                .run("inspect", file("escapes_in_names.onnx"), "--device", "jvm")
                .fine();
        String all = ended.out() + ended.err();
        assertFalse(all.contains("\u001b"), all);
        assertTrue(all.contains("\\u001b"), all);
    }

    @Test
    void external_data_with_several_names_is_refused() throws Exception {
        Path model = Files.copy(file("hard_link/model.onnx"), folder.resolve("model.onnx"));
        Path elsewhere = Files.write(folder.resolve("elsewhere"), new byte[16]);
        Files.createLink(folder.resolve("hard.bin"), elsewhere);
        command().run("inspect", model).refused();
    }

    @Test
    void half_a_picture_is_not_classified() throws Exception {
        Path model = Requirements.projectRoot().resolve("samples/digits.onnx");
        Ended ended = command()
                .run("run", model, "--input", file("truncated.jpg"), "--device", "jvm")
                .withExit(Set.of(1, 2));
        assertTrue(ended.err().contains("truncated.jpg: is damaged"), ended::err);
    }
}
