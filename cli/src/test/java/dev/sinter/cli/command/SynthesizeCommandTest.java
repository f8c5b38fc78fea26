package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sinter.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong with a command line is told before any tool is started.
class SynthesizeCommandTest {
    @TempDir
    Path folder;

    private CommandRun synthesize(Object... more) {
        Object[] arguments = new Object[4 + more.length];
        arguments[0] = "synthesize";
        arguments[1] = "zoo:lenet5";
        arguments[2] = "--out";
        arguments[3] = folder.resolve("out");
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandRun.of(arguments);
    }

    @Test
    void a_network_of_real_numbers_is_to_be_quantised_first() {
        synthesize("--target", "lattice-ice40up5k").isWrongUse("FPGA-001", "lenet5", "sinter quantize");
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void a_chip_for_which_there_are_no_tools_is_named_with_one_that_has_some() {
        synthesize("--target", "xilinx-vu9p").isWrongUse("FPGA-002", "VU9P", "fpga.family");
    }

    @Test
    void a_chip_that_nobody_knows_is_named() {
        synthesize("--target", "up6k").isWrongUse("DEV-001", "up6k", "lattice-ice40up5k");
    }

    @Test
    void a_pace_is_above_0() {
        synthesize("--target", "lattice-ice40up5k", "--pace", "-4").isWrongUse("OPT-001", "--pace", "-4");
        synthesize("--target", "lattice-ice40up5k", "--pace", "0").isWrongUse("OPT-001", "--pace", "0");
    }

    @Test
    void a_folder_that_holds_something_stays_as_it_is() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("out")).resolve("mine"), "x");
        synthesize("--target", "lattice-ice40up5k").isWrongUse("FILE-003", "out", "--force");
    }
}
