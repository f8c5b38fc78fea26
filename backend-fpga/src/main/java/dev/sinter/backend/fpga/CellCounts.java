package dev.sinter.backend.fpga;

import dev.sinter.ir.schedule.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What yosys makes of a design: cells of a family of chips.
final class CellCounts {
    static final Tool YOSYS = new Tool("yosys", "yosys");

    private static final String SCRIPT = "synthesis.ys";
    private static final String COUNTS = "cells.txt";

    /// A line such as `     SB_LUT4                       418`.
    private static final Pattern CELL = Pattern.compile("(?m)^ +([A-Z][A-Z0-9_]+) +(\\d+)$");

    private CellCounts() {}

    /// Has yosys make cells, and counts them.
    ///
    /// @param folder where the files of the design are
    /// @param files their names; those that are Verilog are read
    /// @param netlist the file that gets the cells: Verilog if it ends so, else JSON
    /// @throws dev.sinter.ir.diag.CompileException if yosys is missing or fails
    static Resources run(Target.Fpga chip, Path folder, Collection<String> files, String top, String netlist)
            throws IOException {
        String sources = String.join(" ", DesignFiles.sources(files));
        String script = """
            read_verilog %s
            %s -top %s
            %s %s
            tee -o %s stat
            """.formatted(sources, command(chip), top, writer(netlist), netlist, COUNTS);
        Files.writeString(folder.resolve(SCRIPT), script);
        YOSYS.run(folder, "yosys.log", List.of("-q", "-l", "yosys.txt", SCRIPT));
        return count(Files.readString(folder.resolve(COUNTS)));
    }

    private static String writer(String netlist) {
        return netlist.endsWith(".v") ? "write_verilog -noattr" : "write_json";
    }

    /// What is written and read in the same cycle is never at the same address.
    private static String command(Target.Fpga chip) {
        return switch (chip.family().orElseThrow()) {
            case ICE40 ->
                "synth_ice40 -no-rw-check"
                        + (chip.dsps() > 0 ? " -device u -dsp" : " -device hx")
                        + (chip.largeRamBits() > 0 ? " -spram" : "");
            case ECP5 -> "synth_ecp5 -no-rw-check";
            // Shift registers of look-up tables lose their clock enable in yosys 0.23.
            case XILINX7 -> "synth_xilinx -family xc7 -flatten -nosrl";
        };
    }

    /// @param said what yosys says of cells
    static Resources count(String said) {
        Matcher lines = CELL.matcher(said);
        Resources all = Resources.NONE;
        while (lines.find()) {
            long count = Long.parseLong(lines.group(2));
            String cell = lines.group(1);
            all = all.plus(new Resources(
                    count * luts(cell),
                    isRegister(cell) ? count : 0,
                    isOf(cell, "SB_MAC16", "MULT18X18D", "DSP48E1") ? count : 0,
                    count * blocks(cell),
                    isOf(cell, "SB_SPRAM256KA") ? count : 0));
        }
        return all;
    }

    private static boolean isOf(String cell, String... names) {
        return List.of(names).contains(cell);
    }

    private static boolean isRegister(String cell) {
        return cell.startsWith("SB_DFF") || cell.equals("TRELLIS_FF") || cell.matches("FD[RSCP]E(_1)?");
    }

    private static int luts(String cell) {
        if (cell.matches("LUT[1-6]|SB_LUT4|SRL16E")) {
            return 1;
        }
        return switch (cell) {
            case "CCU2C", "RAM32X1D", "RAM64X1D" -> 2;
            case "TRELLIS_DPR16X4", "RAM32M", "RAM64M", "RAM128X1D" -> 4;
            default -> 0;
        };
    }

    private static int blocks(String cell) {
        if (cell.startsWith("SB_RAM40_4K")) {
            return 1;
        }
        return switch (cell) {
            case "DP16KD", "PDPW16KD", "RAMB18E1" -> 1;
            case "RAMB36E1" -> 2;
            default -> 0;
        };
    }
}
