package dev.sinter.backend.fpga;

import dev.sinter.ir.schedule.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A folder that a bitstream can be made of by tools that are not here: Verilog, constraints, and a script for those
/// tools, with what yosys makes of the Verilog.
public final class Project {
    private static final String NETLIST = "netlist.json";
    private static final double MEGA = 1e6;
    private static final double NANO = 1e9;

    private final Design design;
    private final Target target;
    private final Target.Fpga chip;
    private final Optional<Board> board;

    /// What came of it.
    ///
    /// @param cells what yosys counts, of the network and what stands around it on a board
    /// @param uses how much that is of the chip
    /// @param script what makes a bitstream where the tools for it are; none where no board is known
    /// @param command that runs it
    public record Result(Resources cells, List<Use> uses, Optional<String> script, Optional<String> command) {
        public Result {
            uses = List.copyOf(uses);
        }
    }

    private Project(Design design, Target target, Optional<Board> board) {
        this.design = design;
        this.target = target;
        this.chip = target.fpga().orElseThrow();
        this.board = board;
    }

    /// @param board that the chip is on, if one is known: then the folder is for it
    /// @param folder for all files; it must be there
    /// @param progress hears what is done now
    /// @throws dev.sinter.ir.diag.CompileException if nothing is known of the chip's cells, or yosys is
    ///     missing or fails
    public static Result write(
            Design design, Target target, Optional<Board> board, Path folder, Consumer<String> progress) {
        Fit.require(target);
        CellCounts.YOSYS.require();
        try {
            return new Project(design, target, board).write(folder, progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result write(Path folder, Consumer<String> progress) throws IOException {
        Map<String, String> files =
                new LinkedHashMap<>(board.map(known -> DesignFiles.onBoard(design, known.cyclesPerBit()))
                        .orElseGet(() -> DesignFiles.of(design)));
        String top = board.isPresent() ? BoardPrinter.NAME : design.name();
        String sources = String.join(" ", DesignFiles.sources(files.keySet()));
        boolean vivado = chip.family().orElseThrow() == Target.Fpga.Family.XILINX7;
        String constraints = vivado ? "constraints.xdc" : "constraints.lpf";
        files.put(constraints, vivado ? xdc() : lpf());
        Optional<String> script = board.map(_ -> vivado ? "build.tcl" : "build.sh");
        script.ifPresent(name -> files.put(name, vivado ? vivado(sources, top, constraints) : trellis(constraints)));
        DesignFiles.write(folder, files);
        Files.write(folder.resolve(DesignFiles.LOAD), design.load());
        progress.accept("yosys: cells");
        Resources cells = CellCounts.run(chip, folder, files.keySet(), top, NETLIST);
        List<Use> uses = Fit.uses(cells, target);
        Synthesis.requireRoom(uses, target.name());
        return new Result(
                cells, uses, script, script.map(name -> vivado ? "vivado -mode batch -source " + name : "sh " + name));
    }

    private Map<String, String> pins() {
        return board.map(Board::pins).orElse(Map.of());
    }

    private String xdc() {
        return String.format(
                        Locale.ROOT,
                        "create_clock -name clock -period %.3f [get_ports clock]\n",
                        NANO / Board.clock(board, target))
                + pins().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(pin -> "set_property -dict {PACKAGE_PIN %s IOSTANDARD LVCMOS33} [get_ports %s]\n"
                                .formatted(pin.getValue(), pin.getKey()))
                        .collect(Collectors.joining());
    }

    private String lpf() {
        return String.format(Locale.ROOT, "FREQUENCY PORT \"clock\" %.3f MHZ;\n", Board.clock(board, target) / MEGA)
                + pins().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(pin -> """
                            LOCATE COMP "%1$s" SITE "%2$s";
                            IOBUF PORT "%1$s" IO_TYPE=LVCMOS33;
                            """.formatted(pin.getKey(), pin.getValue()))
                        .collect(Collectors.joining());
    }

    /// Vivado without a project.
    private String vivado(String sources, String top, String constraints) {
        return """
            read_verilog [list %s]
            read_xdc %s
            synth_design -top %s -part %s
            opt_design
            place_design
            phys_opt_design
            route_design
            report_utilization -file utilization.txt
            report_timing_summary -file timing.txt
            write_bitstream -force bitstream.bit
            """.formatted(sources, constraints, top, board.orElseThrow().part());
    }

    private String trellis(String constraints) {
        Board known = board.orElseThrow();
        return """
            #!/bin/sh
            set -e
            yosys -q -l yosys.txt synthesis.ys
            nextpnr-ecp5 --%s --package %s --json %s --lpf %s --textcfg placed.config
            ecppack --compress placed.config bitstream.bit
            """.formatted(known.part(), known.chipPackage(), NETLIST, constraints);
    }
}
