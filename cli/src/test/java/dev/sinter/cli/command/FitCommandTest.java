package dev.sinter.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told of a network on a chip before synthesis.
class FitCommandTest {
    @TempDir
    static Path folder;

    private static Path network = Path.of("");

    @BeforeAll
    static void quantize() {
        network = folder.resolve("network.onnx");
        CommandRun.of("quantize", "zoo:mlp", "--data", "digits:16", "--out", network, "-q")
                .fine();
    }

    @Test
    void all_kernels_what_is_scarcest_and_the_smallest_chip_are_told() {
        String out = CommandRun.of("fit", network, "--target", "xilinx-artix7-200t", "--pace", "200000")
                .fine()
                .out();
        assertTrue(out.contains("dense1.sums"), out);
        assertTrue(out.contains("fits xilinx-artix7-200t"), out);
        assertTrue(out.contains("the smallest chip for this pace that Sinter knows: "), out);
        assertFalse(out.contains("serial line"), out);
    }

    @Test
    void what_does_not_fit_is_told_with_what_it_lacks() {
        String out = CommandRun.of("fit", network, "--target", "lattice-ice40hx8k", "--pace", "200000")
                .fine()
                .out();
        assertTrue(out.contains("does not fit lattice-ice40hx8k: it takes"), out);
        assertTrue(out.contains("block RAMs, and there are 32"), out);
    }

    @Test
    void a_pace_that_no_hardware_keeps_is_told() {
        String out = CommandRun.of("fit", network, "--target", "lattice-ice40up5k", "--pace", "10")
                .fine()
                .out();
        assertTrue(out.contains("no hardware for it keeps a pace of 10 cycles"), out);
    }

    @Test
    void programs_get_the_same_figures_and_a_chart_is_drawn() throws Exception {
        Path chart = folder.resolve("fit.svg");
        String out = CommandRun.of(
                        "fit", network, "--target", "lattice-ecp5-85f", "--pace", "200000", "--svg", chart, "--json")
                .fine()
                .out();
        JsonNode report = new ObjectMapper().readTree(out);
        assertTrue(report.path("cycles").asLong() <= 200_000, out);
        assertEquals(3, report.path("kernels").size(), out);
        long luts = report.path("betweenKernels").path("luts").asLong();
        for (JsonNode kernel : report.path("kernels")) {
            luts += kernel.path("resources").path("luts").asLong();
        }
        assertEquals(report.path("whole").path("luts").asLong(), luts, out);
        assertTrue(report.path("exploration").size() > 1, out);
        String svg = Files.readString(chart);
        assertTrue(svg.startsWith("<svg") && svg.contains("lattice-ecp5-85f"), svg);
    }

    @Test
    void a_chip_of_whose_cells_nothing_is_known_is_refused() {
        CommandRun.of("fit", network, "--target", "xilinx-vu9p").isWrongUse("FPGA-002", "VU9P", "fpga.family");
    }

    @Test
    void a_network_of_real_numbers_is_to_be_quantised_first() {
        CommandRun.of("fit", "zoo:mlp", "--target", "lattice-ecp5-85f").isWrongUse("FPGA-001", "sinter quantize");
    }

    @Test
    void a_pace_is_above_0() {
        CommandRun.of("fit", network, "--target", "lattice-ecp5-85f", "--pace", "0")
                .isWrongUse("OPT-001", "--pace", "0");
    }
}
