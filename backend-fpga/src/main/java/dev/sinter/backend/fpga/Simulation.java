package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs a design cycle by cycle in a simulator of Verilog: Verilator, which takes seconds to compile and is fast then,
/// or Icarus Verilog, which starts at once.
public final class Simulation {
    private static final long MINUTES = 20;

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
            return find(program).isPresent();
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

    private Simulation() {}

    private static Optional<Path> find(String program) {
        String path = System.getenv("PATH");
        if (path == null) {
            return Optional.empty();
        }
        for (String folder : path.split(java.io.File.pathSeparator)) {
            Path file = Path.of(folder.isEmpty() ? "." : folder, program);
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /// @param frames for each frame the inputs
    /// @param stall how many cycles of 256 each side waits for
    /// @param folder for the files; it must be there
    /// @throws CompileException if the simulator is missing, or fails
    public static Result run(
            Design design, List<Map<Value, Tensor>> frames, int stall, Simulator simulator, Path folder) {
        try {
            for (Map.Entry<String, String> file : DesignFiles.of(design).entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            Files.writeString(folder.resolve(Testbench.NAME + ".v"), Testbench.print(design, frames.size(), stall));
            for (Design.Stream stream : design.inputs()) {
                Files.writeString(folder.resolve(Testbench.inputFile(stream)), words(stream, frames));
            }
            execute(design, simulator, folder);
            return results(design, frames.size(), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String words(Design.Stream stream, List<Map<Value, Tensor>> frames) {
        StringBuilder text = new StringBuilder();
        BigInteger mask = BigInteger.ONE.shiftLeft(stream.elementBits()).subtract(BigInteger.ONE);
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

    private static void execute(Design design, Simulator simulator, Path folder) throws IOException {
        List<String> sources = new ArrayList<>();
        sources.add(Testbench.NAME + ".v");
        for (String file : DesignFiles.of(design).keySet()) {
            if (file.endsWith(".v")) {
                sources.add(file);
            }
        }
        List<String> compile = new ArrayList<>();
        List<String> run = new ArrayList<>();
        switch (simulator) {
            case VERILATOR -> {
                compile.addAll(List.of(
                        "verilator",
                        "--binary",
                        "-Wno-fatal",
                        "-Wno-lint",
                        "-O3",
                        "-CFLAGS",
                        "-O1",
                        "--top-module",
                        Testbench.NAME,
                        "-Mdir",
                        "simulator",
                        "-o",
                        "simulate",
                        "-j",
                        "2"));
                run.add("simulator/simulate");
            }
            case ICARUS -> {
                compile.addAll(List.of("iverilog", "-g2005", "-s", Testbench.NAME, "-o", "simulate"));
                run.addAll(List.of("vvp", "-n", "simulate"));
            }
        }
        compile.addAll(sources);
        call(simulator, compile, folder);
        call(simulator, run, folder);
    }

    private static void call(Simulator simulator, List<String> command, Path folder) throws IOException {
        Path log = folder.resolve("log.txt");
        List<String> located = new ArrayList<>(command);
        Path own = folder.resolve(command.getFirst());
        if (Files.isExecutable(own)) {
            located.set(0, own.toAbsolutePath().toString());
        } else if (find(command.getFirst()).isEmpty()) {
            throw new CompileException(
                    Code.FPGA_TOOL,
                    simulator.program(),
                    "is not on the path",
                    "the package " + simulator.program() + " has it");
        }
        Process process = new ProcessBuilder(located)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new CompileException(
                        Code.FPGA_TOOL, simulator.program(), "did not end within " + MINUTES + " minutes", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompileException(Code.FPGA_TOOL, simulator.program(), "was interrupted", null);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            String said = Files.readString(log);
            throw new CompileException(
                    Code.FPGA_TOOL,
                    simulator.program(),
                    "failed with exit code " + process.exitValue() + ": "
                            + said.substring(0, Math.min(2000, said.length())),
                    null);
        }
    }

    private static Result results(Design design, int frames, Path folder) throws IOException {
        List<Map<Value, Tensor>> outputs = new ArrayList<>();
        for (int frame = 0; frame < frames; frame++) {
            outputs.add(new LinkedHashMap<>());
        }
        long first = 0;
        long last = 0;
        for (Design.Stream stream : design.outputs()) {
            List<String> lines = Files.readAllLines(folder.resolve(Testbench.outputFile(stream)));
            int words = stream.order().length / stream.lanes();
            if (lines.size() != frames * words) {
                throw new CompileException(
                        Code.FPGA_TOOL,
                        design.name(),
                        "yielded " + lines.size() + " words of " + stream.tensor() + " where " + (long) frames * words
                                + " were due",
                        null);
            }
            for (int frame = 0; frame < frames; frame++) {
                Tensor tensor = Tensor.allocate(stream.tensor().type());
                for (int word = 0; word < words; word++) {
                    String[] parts = lines.get(frame * words + word).split(" ");
                    BigInteger bits = new BigInteger(parts[0], 16);
                    for (int lane = 0; lane < stream.lanes(); lane++) {
                        tensor.setLong(stream.order()[word * stream.lanes() + lane], element(bits, lane, stream));
                    }
                    last = Math.max(last, Long.parseLong(parts[1]));
                }
                if (frame == 0) {
                    first = last;
                }
                outputs.get(frame).put(stream.tensor(), tensor);
            }
        }
        return new Result(outputs, first, last);
    }

    private static long element(BigInteger word, int lane, Design.Stream stream) {
        int bits = stream.elementBits();
        BigInteger mask = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        BigInteger raw = word.shiftRight(lane * bits).and(mask);
        return stream.signed() && raw.testBit(bits - 1)
                ? raw.subtract(BigInteger.ONE.shiftLeft(bits)).longValue()
                : raw.longValue();
    }
}
