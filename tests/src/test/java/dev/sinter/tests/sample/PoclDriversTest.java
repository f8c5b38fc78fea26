package dev.sinter.tests.sample;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.tests.support.Devices;
import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PoCL is asked once in a process which of its drivers it has, so each way has a process of its own.
@NullMarked
@Tag("opencl")
class PoclDriversTest {
    @TempDir
    Path folder;

    private CommandProcess command() {
        Devices.of(Devices.OPENCL);
        return CommandProcess.of(folder, "1g");
    }

    @ParameterizedTest
    @CsvSource({"pthread, zoo:lenet5", "pthread, zoo:encoder-decoder", "basic, zoo:lenet5"})
    void kernels_are_right_through_the_driver_that_the_user_chose(String driver, String network) throws Exception {
        for (String exact : new String[] {"", "--exact"}) {
            CommandProcess command = command().with("POCL_DEVICES", driver);
            CommandProcess.Ended ended = exact.isEmpty()
                    ? command.run("verify", network, "--device", "opencl")
                    : command.run("verify", network, "--device", "opencl", exact);
            String err = ended.fine().err();
            assertTrue(err.contains("opencl:0 (" + driver + "-"), err);
            assertTrue(ended.out().startsWith("passed"), ended::toString);
        }
    }

    @Test
    void how_many_threads_run_kernels_may_be_said_and_is_told() throws Exception {
        String devices = command()
                .with("SINTER_THREADS", "3")
                .run("devices", "--json")
                .fine()
                .out();
        assertTrue(devices.contains("\"threads\" : \"3, of Sinter's own\""), devices);
        String err = command()
                .with("SINTER_THREADS", "none")
                .run("devices")
                .refused()
                .err();
        assertTrue(err.startsWith("OPT-001 SINTER_THREADS: 'none' is no number of threads"), err);
    }
}
