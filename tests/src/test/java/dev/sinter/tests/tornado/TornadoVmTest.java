package dev.sinter.tests.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.tests.support.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// TornadoVM itself, where `TORNADOVM_HOME` names one: in a process of its own, as it must be started with the JVM.
@Tag("tornado")
@NullMarked
class TornadoVmTest {
    private static final long MOST_MINUTES = 10;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"prebuilt, lenet5 mlp resnet18 dilated encoder-decoder", "bytecode, lenet5 mlp resnet18 encoder-decoder"
    })
    void known_networks_are_right(String form, String networks) throws Exception {
        run(form, "verify", List.of(networks.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prebuilt", "bytecode"})
    void squeezenet_is_right(String form) throws Exception {
        Path network = Requirements.sharedData().resolve("onnx/light/light_squeezenet.onnx");
        run(form, "verify", List.of(network.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prebuilt", "bytecode"})
    void threads_may_share_an_executable(String form) throws Exception {
        run(form, "share", List.of("lenet5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prebuilt", "bytecode"})
    void a_thousand_runs_take_no_more_memory_than_some(String form) throws Exception {
        run(form, "grow", List.of("lenet5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prebuilt", "bytecode"})
    void what_runs_on_the_host_divides_a_network(String form) throws Exception {
        run(form, "host", List.of("lenet5"));
    }

    private void run(String form, String task, List<String> networks) throws IOException, InterruptedException {
        String home = System.getenv("TORNADOVM_HOME");
        Requirements.assume("tornado", () -> home != null, "TORNADOVM_HOME is not set");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of(String.valueOf(home), "tornado-argfile"),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Dtornado.recover.bailout=False",
                "-Dtornado.tvm.maxbytecodesize=4194304",
                "-Dsinter.tornado.classes=" + folder,
                "-cp",
                folder + ":" + System.getProperty("java.class.path"),
                TornadoRuns.class.getName(),
                form,
                task));
        command.addAll(networks);
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readAllLines(log).stream().limit(30).collect(Collectors.joining("\n"));
        assertTrue(ended, () -> "it took more than " + MOST_MINUTES + " minutes:\n" + said);
        assertEquals(0, process.exitValue(), said);
    }
}
