package dev.sinter.cli.bench;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.LoadedProgram;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Tensor;
import java.util.List;

/// What a device can do at best, measured with kernels of our own: multiply-adds in registers, and vectors that are
/// read from memory, scaled, added and written, as in the triad of McCalpin's STREAM (1995).
final class Ceilings implements AutoCloseable {
    /// So long a run is far from the time that starting it takes.
    private static final double WANTED_SECONDS = 0.02;

    private static final double FAR_OFF = 3;

    /// Multiplied and added again and again, it stays a number of usual size.
    private static final double FILL = 0.7;

    private static final int WARM_UP = 3;
    private static final long FEWEST_ITERATIONS = 16;
    private static final long MOST_ITERATIONS = 1L << 30;
    private static final long MOST_TRIAD_ELEMENTS = 32L << 20;
    private static final long FEWEST_TRIAD_ELEMENTS = 1 << 16;
    private static final long TRIAD_SHARE_OF_MEMORY = 16;
    private static final int TRIAD_VECTORS = 3;

    private final Device device;

    /// Multiply-adds, then the triad; none for an FPGA.
    private final List<Probe> probes;

    private Ceilings(Device device, List<Probe> probes) {
        this.device = device;
        this.probes = probes;
    }

    /// A program of one step that runs again and again on inputs that stay.
    ///
    /// @param work operations or bytes of one run
    private record Probe(Program program, LoadedProgram loaded, RunContext context, double work)
            implements Turns.Run, AutoCloseable {
        static Probe of(Program program, Device device, double work) {
            Program fit = device.hasChannels() ? program : program.withoutChannels();
            LoadedProgram loaded = device.load(fit, Trace.silent());
            RunContext context = loaded.newContext();
            Probe probe = new Probe(fit, loaded, context, work);
            for (Value input : fit.plan().graph().inputs()) {
                context.write(input, Tensor.filled(input.type(), FILL));
            }
            for (int run = 0; run < WARM_UP; run++) {
                probe.once();
            }
            return probe;
        }

        @Override
        public void once() {
            program.plan().steps().forEach(context::start);
            context.finish();
            // Else a device may keep account of them for ever.
            context.times();
        }

        double seconds() {
            long start = System.nanoTime();
            once();
            return (System.nanoTime() - start) / 1e9;
        }

        @Override
        public void close() {
            context.close();
            loaded.close();
        }
    }

    /// Builds what measures the device; for an FPGA, whose kernels are not built while one waits, nothing.
    static Ceilings prepare(Device device) {
        return new Ceilings(
                device,
                device.target().kind() == Target.Kind.FPGA
                        ? List.of()
                        : List.of(preparePeak(device), prepareTriad(device)));
    }

    private static Probe preparePeak(Device device) {
        PeakKernel kernel = PeakKernel.of(device.target(), FEWEST_ITERATIONS);
        double perIteration = kernel.flops() / FEWEST_ITERATIONS;
        long iterations = limited(device.target().peakFlops() * WANTED_SECONDS / perIteration);
        Probe probe = probe(kernel.withIterations(iterations), device);
        double seconds = probe.seconds();
        boolean farOff = seconds > FAR_OFF * WANTED_SECONDS || seconds < WANTED_SECONDS / FAR_OFF;
        if (!farOff) {
            return probe;
        }
        // What the hardware file or the driver says of the device is far from the truth.
        probe.close();
        return probe(kernel.withIterations(limited(iterations * WANTED_SECONDS / seconds)), device);
    }

    private static long limited(double iterations) {
        return (long) Math.max(FEWEST_ITERATIONS, Math.min(MOST_ITERATIONS, iterations));
    }

    private static Probe probe(PeakKernel kernel, Device device) {
        return Probe.of(kernel.program(), device, kernel.flops());
    }

    private static Probe prepareTriad(Device device) {
        long room = device.target().memoryBytes() / TRIAD_SHARE_OF_MEMORY / Float.BYTES;
        long elements = Math.max(FEWEST_TRIAD_ELEMENTS, Math.min(MOST_TRIAD_ELEMENTS, Long.highestOneBit(room)));
        String text = """
            sinter.graph 1
            graph triad {
              %%a: f32[%1$d] = input
              %%b: f32[%1$d] = input
              %%s: f32[1] = constant random 1
              %%c: f32[%1$d] = mul(%%b, %%s)
              %%d: f32[%1$d] = add(%%a, %%c)
              return %%d
            }
            """.formatted(elements);
        Program program = Sinter.program(GraphParser.parse(text, "triad"), device.target(), CompileOptions.DEFAULT);
        return Probe.of(program, device, (double) TRIAD_VECTORS * elements * Float.BYTES);
    }

    Device device() {
        return device;
    }

    /// The loops, for taking turns.
    List<Turns.Run> runs() {
        return List.copyOf(probes);
    }

    /// What a device reaches, and the runs that tell.
    ///
    /// @param rate operations or bytes per second, of the fastest run: as in STREAM, whatever makes one slower is
    ///     not the device. Without runs what its hardware file states.
    record Ceiling(double rate, List<Double> seconds) {}

    /// Operations, a multiply-add counting as two.
    ///
    /// @param samples one for each of [#runs()]
    Ceiling peak(List<Samples> samples) {
        return ceiling(0, samples, device.target().peakFlops());
    }

    /// Bytes that are read and written.
    ///
    /// @param samples one for each of [#runs()]
    Ceiling bandwidth(List<Samples> samples) {
        return ceiling(1, samples, device.target().memoryBandwidth());
    }

    private Ceiling ceiling(int probe, List<Samples> samples, double stated) {
        if (probes.isEmpty()) {
            return new Ceiling(stated, List.of());
        }
        Samples own = samples.get(probe);
        return new Ceiling(probes.get(probe).work() / own.least(), own.seconds());
    }

    @Override
    public void close() {
        probes.forEach(Probe::close);
    }
}
