package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes a bitstream of a design: yosys makes cells of Verilog, nextpnr-ice40 places and routes them, icepack packs
/// them. All that they read and write stays in the folder, with what they said.
public final class Synthesis {
    private static final Tool YOSYS = new Tool("yosys", "yosys");
    private static final Tool NEXTPNR = new Tool("nextpnr-ice40", "nextpnr-ice40");
    private static final Tool ICEPACK = new Tool("icepack", "fpga-icestorm");

    private static final List<Tool> TOOLS = List.of(YOSYS, NEXTPNR, ICEPACK);

    private static final String SCRIPT = "synthesis.ys";
    private static final String NETLIST = "netlist.json";
    private static final String PINS = "pins.pcf";
    private static final String PLACED = "placed.asc";
    private static final String BITSTREAM = "bitstream.bin";
    private static final String LOAD = "load.bin";

    /// A line such as `ICESTORM_LC: 4742/ 5280 89%`.
    private static final Pattern USED = Pattern.compile("(ICESTORM_[A-Z]+):\\s*(\\d+)/\\s*(\\d+)");

    private static final Pattern FREQUENCY = Pattern.compile("Max frequency for clock '[^']*': ([0-9.]+) MHz");

    private static final double MEGA = 1e6;

    private final Design design;
    private final Board board;
    private final Path folder;
    private final Consumer<String> progress;

    /// How many of something a design uses.
    public record Use(long used, long available) {}

    /// What came of it.
    ///
    /// @param cells by what nextpnr calls them: logic cells `ICESTORM_LC`, block RAMs `ICESTORM_RAM`, multipliers
    ///     `ICESTORM_DSP`, large memories `ICESTORM_SPRAM`
    /// @param frequency that the longest path allows, in Hz
    /// @param bitstream the file for the board, in the folder
    /// @param load the file with the bytes that the board is sent first, in the folder
    public record Result(Map<String, Use> cells, double frequency, String bitstream, String load) {
        public Result {
            cells = Map.copyOf(cells);
        }

        /// What is used of each kind of cell that the design has, by what people call it.
        public Map<String, Use> used() {
            Map<String, Use> used = new TreeMap<>();
            cells.forEach((kind, use) -> {
                if (use.used() > 0) {
                    used.put(name(kind), use);
                }
            });
            return used;
        }
    }

    private Synthesis(Design design, Board board, Path folder, Consumer<String> progress) {
        this.design = design;
        this.board = board;
        this.folder = folder;
        this.progress = progress;
    }

    /// The programs that are needed and are not on the path.
    public static List<String> missing() {
        return TOOLS.stream().filter(tool -> !tool.isThere()).map(Tool::program).toList();
    }

    /// @param folder for all files; it must be there
    /// @param progress hears what is done now
    /// @throws CompileException if a program is missing or fails, if the design does not fit, or is too slow for the
    ///     clock of the board
    public static Result run(Design design, Board board, Path folder, Consumer<String> progress) {
        TOOLS.forEach(Tool::require);
        try {
            return new Synthesis(design, board, folder, progress).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result run() throws IOException {
        Map<String, String> files = new LinkedHashMap<>(DesignFiles.onBoard(design, board.cyclesPerBit()));
        String sources =
                files.keySet().stream().filter(file -> file.endsWith(".v")).collect(Collectors.joining(" "));
        // What is written and read in the same cycle is never at the same address.
        files.put(SCRIPT, """
            read_verilog %s
            synth_ice40 -device u -dsp -spram -no-rw-check -top %s -json %s
            stat
            """.formatted(sources, BoardPrinter.NAME, NETLIST));
        files.put(
                PINS,
                board.pins().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(pin -> "set_io %s %d\n".formatted(pin.getKey(), pin.getValue()))
                        .collect(Collectors.joining()));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        Files.write(folder.resolve(LOAD), design.load());
        progress.accept("yosys: cells");
        YOSYS.run(folder, "yosys.log", List.of("-q", "-l", "yosys.txt", SCRIPT));
        progress.accept("nextpnr-ice40: places and wires");
        String placed = place();
        progress.accept("icepack: bits");
        ICEPACK.run(folder, "icepack.log", List.of(PLACED, BITSTREAM));
        return new Result(cells(placed), frequency(placed), BITSTREAM, LOAD);
    }

    /// What nextpnr said. It fails both where a design does not fit and where it is too slow.
    private String place() throws IOException {
        List<String> arguments = List.of(
                "--" + board.device(),
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
        Map<String, Use> cells = cells(outcome.said());
        String lacking = cells.entrySet().stream()
                .filter(entry -> entry.getValue().used() > entry.getValue().available())
                .map(entry -> "%d of %d %s"
                        .formatted(entry.getValue().used(), entry.getValue().available(), name(entry.getKey())))
                .collect(Collectors.joining(", "));
        if (!lacking.isEmpty()) {
            throw new CompileException(
                    Code.FPGA_FIT,
                    board.target(),
                    "the design needs " + lacking,
                    "a slower pace (--pace) takes fewer multipliers");
        }
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

    private static Map<String, Use> cells(String said) {
        Map<String, Use> cells = new LinkedHashMap<>();
        Matcher matcher = USED.matcher(said);
        while (matcher.find()) {
            cells.put(matcher.group(1), new Use(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))));
        }
        return cells;
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
