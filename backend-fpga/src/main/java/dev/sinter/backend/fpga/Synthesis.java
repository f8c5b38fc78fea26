package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
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
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes a bitstream of a design: yosys makes cells of Verilog, nextpnr-ice40 places and routes them, icepack packs
/// them. All that they read and write stays in the folder, with what they said.
public final class Synthesis {
    private static final Tool NEXTPNR = new Tool("nextpnr-ice40", "nextpnr-ice40");
    private static final Tool ICEPACK = new Tool("icepack", "fpga-icestorm");

    private static final List<Tool> TOOLS = List.of(CellCounts.YOSYS, NEXTPNR, ICEPACK);

    private static final String NETLIST = "netlist.json";
    private static final String PINS = "pins.pcf";
    private static final String PLACED = "placed.asc";
    private static final String BITSTREAM = "bitstream.bin";

    /// A line such as `ICESTORM_LC: 4742/ 5280 89%`.
    private static final Pattern USED = Pattern.compile("(ICESTORM_[A-Z]+):\\s*(\\d+)/\\s*(\\d+)");

    private static final Pattern FREQUENCY = Pattern.compile("Max frequency for clock '[^']*': ([0-9.]+) MHz");

    private static final double MEGA = 1e6;

    private final Design design;
    private final Target.Fpga chip;
    private final Board board;
    private final Path folder;
    private final Consumer<String> progress;

    /// What came of it.
    ///
    /// @param uses of what the chip has, as nextpnr counts it
    /// @param frequency that the longest path allows, in Hz
    /// @param bitstream the file for the board, in the folder
    public record Result(List<Use> uses, double frequency, String bitstream) {
        public Result {
            uses = List.copyOf(uses);
        }
    }

    private Synthesis(Design design, Target.Fpga chip, Board board, Path folder, Consumer<String> progress) {
        this.design = design;
        this.chip = chip;
        this.board = board;
        this.folder = folder;
        this.progress = progress;
    }

    /// True if there are tools that make a bitstream for a board with such a chip.
    public static boolean makesBitstreams(Target target) {
        return target.fpga().flatMap(Target.Fpga::family).equals(Optional.of(Target.Fpga.Family.ICE40));
    }

    /// The programs that are needed and are not on the path.
    public static List<String> missing() {
        return TOOLS.stream().filter(tool -> !tool.isThere()).map(Tool::program).toList();
    }

    /// @param target an iCE40
    /// @param folder for all files; it must be there
    /// @param progress hears what is done now
    /// @throws CompileException if a program is missing or fails, if the design does not fit, or is too slow for the
    ///     clock of the board
    public static Result run(Design design, Target target, Board board, Path folder, Consumer<String> progress) {
        TOOLS.forEach(Tool::require);
        try {
            return new Synthesis(design, target.fpga().orElseThrow(), board, folder, progress).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result run() throws IOException {
        Map<String, String> files = new LinkedHashMap<>(DesignFiles.onBoard(design, board.cyclesPerBit()));
        files.put(
                PINS,
                board.pins().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(pin -> "set_io %s %s\n".formatted(pin.getKey(), pin.getValue()))
                        .collect(Collectors.joining()));
        DesignFiles.write(folder, files);
        Files.write(folder.resolve(DesignFiles.LOAD), design.load());
        progress.accept("yosys: cells");
        CellCounts.run(chip, folder, files.keySet(), BoardPrinter.NAME, NETLIST);
        progress.accept("nextpnr-ice40: places and wires");
        String placed = place();
        progress.accept("icepack: bits");
        ICEPACK.run(folder, "icepack.log", List.of(PLACED, BITSTREAM));
        return new Result(uses(placed), frequency(placed), BITSTREAM);
    }

    /// What nextpnr said. It fails both where a design does not fit and where it is too slow.
    private String place() throws IOException {
        List<String> arguments = List.of(
                "--" + board.part(),
                "--package",
                board.chipPackage(),
                "--json",
                NETLIST,
                "--pcf",
                PINS,
                "--freq",
                String.format(Locale.ROOT, "%.3f", board.clock() / MEGA),
                "--asc",
                PLACED);
        Tool.Outcome outcome = NEXTPNR.outcome(folder, "nextpnr.log", arguments);
        requireRoom(uses(outcome.said()), board.target());
        double frequency = frequency(outcome.said());
        if (frequency > 0 && frequency < board.clock()) {
            throw new CompileException(
                    Code.FPGA_FIT,
                    board.target(),
                    String.format(
                            Locale.ROOT,
                            "the longest path allows %.1f MHz and the clock has %.1f MHz",
                            frequency / MEGA,
                            board.clock() / MEGA),
                    "a slower pace (--pace) makes less of it, and shorter paths");
        }
        if (outcome.code() != 0) {
            String errors = outcome.said()
                    .lines()
                    .filter(line -> line.startsWith("ERROR"))
                    .collect(Collectors.joining("; "));
            throw NEXTPNR.failed(outcome, errors);
        }
        return outcome.said();
    }

    /// @throws CompileException if more of something is used than there is
    static void requireRoom(List<Use> uses, String chip) {
        String lacking = uses.stream()
                .filter(use -> use.used() > use.available())
                .map(use -> "%d of %d %s".formatted(use.used(), use.available(), use.name()))
                .collect(Collectors.joining(", "));
        if (!lacking.isEmpty()) {
            throw new CompileException(
                    Code.FPGA_FIT,
                    chip,
                    "the design needs " + lacking,
                    "a slower pace (--pace) takes fewer multipliers; 'sinter fit' tells which chip has room");
        }
    }

    /// What people call a kind of cell.
    private static String name(String kind) {
        return switch (kind) {
            case "ICESTORM_LC" -> "logic cells";
            case "ICESTORM_RAM" -> "block RAMs";
            case "ICESTORM_DSP" -> "multipliers";
            case "ICESTORM_SPRAM" -> "large memories";
            default -> kind;
        };
    }

    /// Each kind of cell that the design has.
    private static List<Use> uses(String said) {
        Map<String, Use> uses = new TreeMap<>();
        Matcher matcher = USED.matcher(said);
        while (matcher.find()) {
            String name = name(matcher.group(1));
            uses.put(name, new Use(name, Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))));
        }
        return uses.values().stream().filter(use -> use.used() > 0).toList();
    }

    /// In Hz: what is said last, after routing; 0 if nothing is.
    private static double frequency(String said) {
        double last = 0;
        Matcher matcher = FREQUENCY.matcher(said);
        while (matcher.find()) {
            last = Double.parseDouble(matcher.group(1)) * MEGA;
        }
        return last;
    }
}
