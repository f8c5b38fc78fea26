package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Runs a design cycle by cycle in a simulator of Verilog: Verilator, which takes seconds to compile and is fast then,
/// or Icarus Verilog, which starts at once.
public final class Simulation {
    private static final String LOG = "log.txt";
    private static final String NETLIST = "netlist.v";

    private final Design design;
    private final List<Map<Value, Tensor>> frames;
    private final Simulator simulator;
    private final Path folder;

    /// Which program simulates.
    public enum Simulator {
        VERILATOR("verilator"),
        ICARUS("iverilog");

        private final Tool tool;

        Simulator(String program) {
            this.tool = new Tool(program, program);
        }

        /// The name of the program, and of the package that has it.
        public String program() {
            return tool.program();
        }

        /// True if it is on the path.
        public boolean isThere() {
            return tool.isThere();
        }

        /// Compiles and runs a testbench in a folder that has all files.
        private void run(Path folder, List<String> sources, String testbench) throws IOException {
            List<String> arguments = new ArrayList<>();
            switch (this) {
                case VERILATOR -> {
                    // What a lint would say of printed text is not for its readers.
                    arguments.addAll(List.of("-Wno-fatal", "-Wno-lint", "-O3", "-CFLAGS", "-O1", "-j", "2"));
                    arguments.addAll(List.of("--binary", "--top-module", testbench));
                    arguments.addAll(List.of("-Mdir", "simulator", "-o", "simulate"));
                    arguments.addAll(sources);
                    tool.run(folder, LOG, arguments);
                    String built = folder.resolve("simulator/simulate")
                            .toAbsolutePath()
                            .toString();
                    new Tool(built, "").run(folder, LOG, List.of());
                }
                case ICARUS -> {
                    arguments.addAll(List.of("-g2005", "-s", testbench, "-o", "simulate"));
                    arguments.addAll(sources);
                    tool.run(folder, LOG, arguments);
                    new Tool("vvp", tool.debianPackage()).run(folder, LOG, List.of("-n", "simulate"));
                }
            }
        }
    }

    /// What came of a run.
    ///
    /// @param outputs for each frame the outputs
    /// @param firstCycle when the last element of the first frame came
    /// @param lastCycle when the last element of the last frame came
    public record Result(List<Map<Value, Tensor>> outputs, long firstCycle, long lastCycle) {
        /// Cycles from one frame to the next.
        public double interval() {
            return outputs.size() < 2 ? lastCycle : (double) (lastCycle - firstCycle) / (outputs.size() - 1);
        }
    }

    private Simulation(Design design, List<Map<Value, Tensor>> frames, Simulator simulator, Path folder) {
        this.design = design;
        this.frames = frames;
        this.simulator = simulator;
        this.folder = folder;
    }

    /// @param frames for each frame the inputs
    /// @param stall how many cycles of 256 each side waits for
    /// @param folder for the files; it must be there
    /// @throws CompileException if the simulator is missing, or fails
    public static Result run(
            Design design, List<Map<Value, Tensor>> frames, int stall, Simulator simulator, Path folder) {
        return run(design, DesignFiles.of(design), frames, stall, simulator, folder);
    }

    /// The same of files that were changed since.
    ///
    /// @param files those of the design, by their names
    public static Result run(
            Design design,
            Map<String, String> files,
            List<Map<Value, Tensor>> frames,
            int stall,
            Simulator simulator,
            Path folder) {
        try {
            return new Simulation(design, frames, simulator, folder).run(files, stall);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs what synthesis makes of a design: cells of an iCE40, as yosys describes them.
    ///
    /// @param frames for each frame the inputs
    /// @param stall how many cycles of 256 each side waits for
    /// @param chip an iCE40
    /// @param folder for the files; it must be there
    /// @throws CompileException if yosys or the simulator is missing, or fails
    public static Result netlist(
            Design design, List<Map<Value, Tensor>> frames, int stall, Target.Fpga chip, Path folder) {
        try {
            Path models = CellCounts.YOSYS.data("ice40/cells_sim.v");
            Simulation simulation = new Simulation(design, frames, Simulator.ICARUS, folder);
            Map<String, String> files = DesignFiles.of(design);
            simulation.written(files);
            CellCounts.run(chip, folder, files.keySet(), design.name(), NETLIST);
            List<String> sources = new ArrayList<>(simulation.written(simulation.bench(stall)));
            // Icarus takes no default values of ports; synthesis connects all that matter.
            sources.addAll(List.of("-DNO_ICE40_DEFAULT_ASSIGNMENTS", NETLIST, models.toString()));
            simulation.simulator.run(folder, sources, Testbench.NAME);
            return simulation.result();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result run(Map<String, String> files, int stall) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(files);
        all.putAll(bench(stall));
        simulator.run(folder, written(all), Testbench.NAME);
        return result();
    }

    /// What drives the design, and what goes into it.
    private Map<String, String> bench(int stall) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(Testbench.NAME + ".v", new Testbench(design, frames.size(), stall).print());
        files.put(Testbench.LOAD_FILE, hex(design.load()));
        for (Design.Stream stream : design.inputs()) {
            files.put(Testbench.inputFile(stream), words(stream));
        }
        return files;
    }

    /// Sends frames over the serial line of a board, as a host does, and yields what comes back.
    ///
    /// @param frames the input of each
    /// @param folder for the files; it must be there
    /// @throws CompileException if the simulator is missing, or fails
    public static List<Tensor> board(Design design, List<Tensor> frames, Simulator simulator, Path folder) {
        HostProtocol protocol = new HostProtocol(design);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sent.writeBytes(design.load());
        frames.forEach(frame -> sent.writeBytes(protocol.request(frame)));
        BoardTestbench testbench = new BoardTestbench(
                design.load().length,
                HostProtocol.bytesPerFrame(protocol.input()),
                protocol.answerBytes(),
                frames.size(),
                2 * design.modules().stream().mapToLong(KernelModule::cycles).sum());
        Map<String, String> files = new LinkedHashMap<>(DesignFiles.onBoard(design, 1));
        files.put(BoardTestbench.NAME + ".v", testbench.print());
        files.put(BoardTestbench.SENT, hex(sent.toByteArray()));
        Simulation simulation = new Simulation(design, List.of(), simulator, folder);
        try {
            simulator.run(folder, simulation.written(files), BoardTestbench.NAME);
            List<String> lines = Files.readAllLines(folder.resolve(BoardTestbench.RECEIVED));
            int due = frames.size() * protocol.answerBytes();
            if (lines.size() != due) {
                throw simulation.fault("yielded " + lines.size() + " bytes where " + due + " were due", null);
            }
            byte[] received = HexFormat.of().parseHex(String.join("", lines));
            return IntStream.range(0, frames.size())
                    .mapToObj(frame -> protocol.result(Arrays.copyOfRange(
                            received, frame * protocol.answerBytes(), (frame + 1) * protocol.answerBytes())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.ofDelimiter("\n").formatHex(bytes) + "\n";
    }

    /// Writes files; yields the names of those that are Verilog.
    private List<String> written(Map<String, String> files) throws IOException {
        DesignFiles.write(folder, files);
        return DesignFiles.sources(files.keySet());
    }

    private CompileException fault(String fact, @Nullable String hint) {
        return simulator.tool.fault(fact, hint);
    }

    private String words(Design.Stream stream) {
        StringBuilder text = new StringBuilder();
        BigInteger mask = mask(stream);
        for (Map<Value, Tensor> frame : frames) {
            Tensor tensor = frame.get(stream.tensor());
            if (tensor == null) {
                throw new IllegalArgumentException("a frame has no " + stream.tensor());
            }
            for (int i = 0; i < stream.order().length; i += stream.lanes()) {
                BigInteger word = BigInteger.ZERO;
                for (int lane = stream.lanes() - 1; lane >= 0; lane--) {
                    BigInteger element = BigInteger.valueOf(tensor.getLong(stream.order()[i + lane]));
                    word = word.shiftLeft(stream.elementBits()).or(element.and(mask));
                }
                text.append(word.toString(16)).append('\n');
            }
        }
        return text.toString();
    }

    private static BigInteger mask(Design.Stream stream) {
        return BigInteger.ONE.shiftLeft(stream.elementBits()).subtract(BigInteger.ONE);
    }

    private Result result() throws IOException {
        List<Map<Value, Tensor>> outputs = new ArrayList<>();
        frames.forEach(_ -> outputs.add(new LinkedHashMap<>()));
        long first = 0;
        long last = 0;
        for (Design.Stream stream : design.outputs()) {
            List<String> lines = Files.readAllLines(folder.resolve(Testbench.outputFile(stream)));
            int words = stream.words();
            if (lines.size() != frames.size() * words) {
                throw fault(
                        "yielded " + lines.size() + " words of " + stream.tensor() + " where "
                                + (long) frames.size() * words + " were due",
                        null);
            }
            for (int frame = 0; frame < frames.size(); frame++) {
                List<String> own = lines.subList(frame * words, (frame + 1) * words);
                outputs.get(frame).put(stream.tensor(), tensor(stream, own));
            }
            first = Math.max(first, cycle(lines.get(words - 1)));
            last = Math.max(last, cycle(lines.getLast()));
        }
        return new Result(outputs, first, last);
    }

    /// A line has a word, and the cycle in which it came.
    private static long cycle(String line) {
        return Long.parseLong(line.substring(line.indexOf(' ') + 1));
    }

    private static Tensor tensor(Design.Stream stream, List<String> lines) {
        Tensor tensor = Tensor.allocate(stream.tensor().type());
        int element = 0;
        for (String line : lines) {
            BigInteger word = new BigInteger(line.substring(0, line.indexOf(' ')), 16);
            for (int lane = 0; lane < stream.lanes(); lane++) {
                BigInteger bits = word.shiftRight(lane * stream.elementBits()).and(mask(stream));
                boolean negative = stream.isSigned() && bits.testBit(stream.elementBits() - 1);
                tensor.setLong(
                        stream.order()[element++],
                        (negative ? bits.subtract(mask(stream)).subtract(BigInteger.ONE) : bits).longValue());
            }
        }
        return tensor;
    }
}
