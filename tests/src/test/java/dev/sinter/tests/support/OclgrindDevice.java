package dev.sinter.tests.support;

import dev.sinter.backend.opencl.OpenClDialect;
import dev.sinter.backend.opencl.OpenClPrinter;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.LoadedProgram;
import dev.sinter.ir.exec.Packing;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/// Runs printed kernels one by one in oclgrind, which simulates an OpenCL device and reports invalid accesses, use of
/// uninitialised memory and data races. Memory travels as text, so this is for small kernels of float32 tensors.
///
/// @param folder where kernels and their data are written
@NullMarked
public record OclgrindDevice(Target target, Path folder) implements Device {
    public static final String FACILITY = "oclgrind";

    private static final Pattern ELEMENT = Pattern.compile("^\\s+(\\w+)\\[(\\d+)] = (-?\\d+)\\s*$", Pattern.MULTILINE);
    private static final long MOST_SECONDS = 120;

    /// Skips the calling test where oclgrind is missing.
    public static void assume() {
        Requirements.assume(FACILITY, OclgrindDevice::isInstalled, "there is no oclgrind-kernel on the path");
    }

    private static boolean isInstalled() {
        try {
            return new ProcessBuilder("oclgrind-kernel", "--version").start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String id() {
        return "oclgrind:" + target.name();
    }

    @Override
    public String name() {
        return "oclgrind for " + target.name();
    }

    @Override
    public String backend() {
        return FACILITY;
    }

    @Override
    public Map<String, String> details() {
        return Map.of();
    }

    @Override
    public LoadedProgram load(Program program, Trace trace) {
        return new LoadedProgram() {
            @Override
            public RunContext newContext() {
                return new Context(program);
            }

            @Override
            public void close() {}
        };
    }

    private final class Context implements RunContext {
        private final Program program;
        private final Map<Source, Tensor> tensors = new IdentityHashMap<>();

        private Context(Program program) {
            this.program = program;
        }

        @Override
        public void write(Value value, Tensor tensor) {
            Source memory = program.plan().tensorOf(value);
            tensors.put(memory, tensor.reshaped(memory.type().shape()));
        }

        @Override
        public void start(Step step) {
            if (step.kernels().isEmpty()) {
                step.outputs().forEach(tensors::remove);
            }
            step.kernels().forEach(this::start);
        }

        private void start(Kernel kernel) {
            try {
                Path source = folder.resolve(kernel.name() + ".cl");
                Files.writeString(source, OpenClPrinter.print(List.of(kernel), OpenClDialect.NARROW));
                Path simulation = folder.resolve(kernel.name() + ".sim");
                Files.writeString(simulation, simulation(kernel, source));
                String dump = simulate(simulation);
                kernel.outputs()
                        .forEach(output -> tensors.put(program.plan().tensorOf(output.source()), result(output, dump)));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private String simulation(Kernel kernel, Path source) {
            List<String> lines = new ArrayList<>(List.of(source.toString(), kernel.name()));
            lines.add(sizes(kernel, Launch.Dimension::extent));
            lines.add(sizes(kernel, dimension -> dimension.item().extent()));
            for (Kernel.Argument argument : kernel.arguments()) {
                long bytes = Packing.bytes(argument.layout(), argument.buffer().element());
                if (argument.written()) {
                    lines.add("<size=" + bytes + " int fill=0 dump>");
                } else {
                    lines.add("<size=" + bytes + " int>");
                    lines.add(bits(argument));
                }
            }
            return String.join("\n", lines) + "\n";
        }

        private static String sizes(Kernel kernel, ToLongFunction<Launch.Dimension> size) {
            List<Long> sizes = switch (kernel.launch()) {
                case Launch.NdRange(List<Launch.Dimension> dimensions) ->
                    new ArrayList<>(dimensions.stream().map(size::applyAsLong).toList());
                case Launch.SingleTask() -> new ArrayList<>();
            };
            while (sizes.size() < 3) {
                sizes.add(1L);
            }
            return sizes.stream().map(String::valueOf).collect(Collectors.joining(" "));
        }

        private String bits(Kernel.Argument argument) {
            Source source = program.plan().tensorOf(argument.source());
            Tensor tensor = program.constant(source).orElseGet(() -> Pieces.tensor(program.plan(), source, tensors));
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment packed = arena.allocate(
                        Packing.bytes(argument.layout(), argument.buffer().element()), Long.BYTES);
                Packing.clear(packed, argument.layout(), argument.buffer().element());
                Packing.pack(tensor.reshaped(argument.layout().logical()), argument.layout(), packed);
                int[] bits = packed.toArray(ValueLayout.JAVA_INT);
                return java.util.Arrays.stream(bits).mapToObj(String::valueOf).collect(Collectors.joining(" "));
            }
        }

        private static String simulate(Path simulation) throws IOException {
            Path output = simulation.resolveSibling(simulation.getFileName() + ".out");
            Process process = new ProcessBuilder(
                            "oclgrind-kernel",
                            "--data-races",
                            "--uninitialized",
                            // What optimisation turns divisions into, oclgrind's checks do not know.
                            "--build-options",
                            "-cl-opt-disable",
                            simulation.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("oclgrind took more than " + MOST_SECONDS + " s for " + simulation);
                }
            } catch (InterruptedException _) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            String text = Files.readString(output);
            boolean complains =
                    text.contains("Invalid") || text.contains("Uninitialized") || text.contains("data race");
            if (process.exitValue() != 0 || complains) {
                throw new AssertionError("oclgrind on " + simulation + ":\n"
                        + text.lines().limit(20).collect(Collectors.joining("\n")));
            }
            return text;
        }

        private static Tensor result(Kernel.Argument output, String dump) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(
                        Packing.bytes(output.layout(), output.buffer().element()), Long.BYTES);
                long found = 0;
                for (Matcher matcher = ELEMENT.matcher(dump); matcher.find(); ) {
                    if (matcher.group(1).equals(output.buffer().name())) {
                        found++;
                        memory.setAtIndex(
                                ValueLayout.JAVA_INT,
                                Long.parseLong(matcher.group(2)),
                                Integer.parseInt(matcher.group(3)));
                    }
                }
                if (found != output.layout().elements()) {
                    throw new AssertionError("oclgrind printed " + found + " elements of "
                            + output.layout().elements());
                }
                return Packing.unpack(memory, output.layout(), output.buffer().element());
            }
        }

        @Override
        public void finish() {}

        @Override
        public Tensor read(Value value) {
            Source memory = program.plan().tensorOf(value);
            return Pieces.tensor(program.plan(), memory, tensors)
                    .reshaped(value.type().shape());
        }

        @Override
        public List<KernelTime> times() {
            return Collections.emptyList();
        }

        @Override
        public void close() {}
    }
}
