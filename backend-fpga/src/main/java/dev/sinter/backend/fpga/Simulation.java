package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs a design cycle by cycle in a simulator of Verilog: Verilator, which takes seconds to compile and is fast then,
/// or Icarus Verilog, which starts at once.
public final class Simulation {
    private static final long MINUTES = 20;

    /// As much of what a simulator says when it fails is shown.
    private static final int MOST_SHOWN = 2000;

    private final Design design;
    private final List<Map<Value, Tensor>> frames;
    private final Simulator simulator;
    private final Path folder;

    /// Which program simulates.
    public enum Simulator {
        VERILATOR("verilator"),
        ICARUS("iverilog");

        private final String program;

        Simulator(String program) {
            this.program = program;
        }

        /// The name of the program, and of the package that has it.
        public String program() {
            return program;
        }

        /// True if it is on the path.
        public boolean isThere() {
            @Nullable String path = System.getenv("PATH");
            return path != null
                    && Stream.of(path.split(File.pathSeparator))
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
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
        try {
            return new Simulation(design, frames, simulator, folder).run(stall);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result run(int stall) throws IOException {
        if (!simulator.isThere()) {
            throw fault("is not on the path", "the package " + simulator.program() + " has it");
        }
        List<String> sources = new ArrayList<>();
        Map<String, String> files = new LinkedHashMap<>(DesignFiles.of(design));
        files.put(Testbench.NAME + ".v", new Testbench(design, frames.size(), stall).print());
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
            if (file.getKey().endsWith(".v")) {
                sources.add(file.getKey());
            }
        }
        for (Design.Stream stream : design.inputs()) {
            Files.writeString(folder.resolve(Testbench.inputFile(stream)), words(stream));
        }
        switch (simulator) {
            case VERILATOR -> {
                // What a lint would say of printed text is not for its readers.
                List<String> options = List.of("-Wno-fatal", "-Wno-lint", "-O3", "-CFLAGS", "-O1", "-j", "2");
                call(
                        sources,
                        options,
                        "verilator",
                        "--binary",
                        "--top-module",
                        Testbench.NAME,
                        "-Mdir",
                        "simulator",
                        "-o",
                        "simulate");
                call(
                        List.of(),
                        List.of(),
                        folder.resolve("simulator/simulate").toAbsolutePath().toString());
            }
            case ICARUS -> {
                call(sources, List.of(), "iverilog", "-g2005", "-s", Testbench.NAME, "-o", "simulate");
                call(List.of("simulate"), List.of(), "vvp", "-n");
            }
        }
        return result();
    }

    private CompileException fault(String fact, @Nullable String hint) {
        return new CompileException(Code.FPGA_TOOL, simulator.program(), fact, hint);
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

    private void call(List<String> sources, List<String> options, String... program) throws IOException {
        Path log = folder.resolve("log.txt");
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(options);
        command.addAll(sources);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw fault("did not end within " + MINUTES + " minutes", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw fault("was interrupted", null);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            String said = Files.readString(log);
            String shown = said.substring(0, Math.min(MOST_SHOWN, said.length()));
            throw fault("failed with exit code " + process.exitValue() + ": " + shown, null);
        }
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
