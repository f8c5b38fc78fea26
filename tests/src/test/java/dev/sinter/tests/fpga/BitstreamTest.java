package dev.sinter.tests.fpga;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.backend.fpga.Hardware;
import dev.sinter.backend.fpga.HostProtocol;
import dev.sinter.backend.fpga.Simulation;
import dev.sinter.backend.fpga.Simulation.Simulator;
import dev.sinter.backend.fpga.Synthesis;
import dev.sinter.frontend.Model;
import dev.sinter.hardware.HardwareConfigs;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.plan.Folding;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.support.CommandRun;
import dev.sinter.tests.support.Requirements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a network to the bitstream of a chip, by the command.
@NullMarked
class BitstreamTest {
    private static final String CHIP = "lattice-ice40up5k";
    private static final long PACE = 80_000;

    /// The configuration memory of an iCE40 UP5K, with what leads to it.
    private static final long BITSTREAM_BYTES = 104_090;

    @TempDir
    private Path folder;

    @Test
    void lenet5_fits_a_small_chip_and_keeps_its_pace() throws Exception {
        List.of("yosys", "nextpnr-ice40", "icepack")
                .forEach(tool ->
                        Requirements.assume(tool, () -> !Synthesis.missing().contains(tool), "it is not on the path"));
        Path network = folder.resolve("lenet5-int8.onnx");
        CommandRun.fine("quantize", "zoo:lenet5", "--data", "digits:64", "--out", network, "-q");
        Path out = folder.resolve("bitstream");
        String said = CommandRun.fine("synthesize", network, "--target", CHIP, "--pace", PACE, "--out", out, "--json");
        JsonNode report = new ObjectMapper().readTree(said);
        assertTrue(report.path("cycles").asLong() <= PACE, said);
        assertTrue(report.path("frequency").asDouble() >= report.path("clock").asDouble(), said);
        report.path("cells")
                .forEach(use -> assertTrue(
                        use.path("used").asLong() <= use.path("available").asLong(), said));
        assertEquals(BITSTREAM_BYTES, Files.size(out.resolve("bitstream.bin")));
        try (Stream<Path> entries = Files.list(folder)) {
            assertEquals(List.of("bitstream", "lenet5-int8.onnx"), names(entries), "nothing else is left");
        }
        assertAnswers(network, out);
    }

    /// What the folder says that the board must answer is what it does answer, in a simulation of all of it.
    private void assertAnswers(Path network, Path out) throws Exception {
        Requirements.assume(Simulator.VERILATOR.program(), Simulator.VERILATOR::isThere, "it is not on the path");
        Graph graph = Model.read(network).graph();
        Target target = HardwareConfigs.bundled().named(CHIP).target();
        Hardware hardware = Hardware.of(graph, target, Folding.pace(PACE), CompileOptions.DEFAULT);
        HostProtocol protocol = new HostProtocol(hardware.design());
        assertArrayEquals(hardware.design().load(), Files.readAllBytes(out.resolve("load.bin")));
        Tensor frame = protocol.frame(Files.readAllBytes(out.resolve("request.bin")));
        Tensor answer = Simulation.board(hardware.design(), List.of(frame), Simulator.VERILATOR, folder)
                .getFirst();
        assertArrayEquals(Files.readAllBytes(out.resolve("answer.bin")), protocol.answer(answer));
    }

    private static List<String> names(Stream<Path> files) {
        return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
}
