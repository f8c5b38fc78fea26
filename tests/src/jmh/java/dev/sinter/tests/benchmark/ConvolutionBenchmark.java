package dev.sinter.tests.benchmark;

import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.tests.support.Devices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// How near a 3x3 convolution, 64 to 64 channels, 112x112, comes to a loop of nothing but multiply-adds. Both run in
/// turn, so that a machine whose speed drifts slows both; `percentOfPeak` is the median over all pairs, of one
/// iteration since JMH adds such counters up.
@NullMarked
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 1, time = 15)
public class ConvolutionBenchmark {
    private static final double OPERATIONS = 2.0 * 64 * 64 * 9 * 112 * 112;

    /// What stands between two 1x1 convolutions, which give it blocked tensors with halos to work on.
    @Param({"convolution", "convolution with max pool", "convolution on the jvm"})
    public String layer = "";

    private PeakLoop peak;
    private Executable executable;
    private RunContext context;
    private Step step;

    /// The ratios of one iteration.
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Ratios {
        private final List<Double> ratios = new ArrayList<>();

        @Setup(Level.Iteration)
        public void clear() {
            ratios.clear();
        }

        /// The median of the convolution's rate as a share of the loop's, in percent.
        public double percentOfPeak() {
            List<Double> sorted = new ArrayList<>(ratios);
            Collections.sort(sorted);
            return sorted.isEmpty() ? 0 : 100 * sorted.get(sorted.size() / 2);
        }
    }

    @Setup
    public void compile() {
        boolean pools = layer.contains("max pool");
        String pool = "  %q: f32[1,64,56,56] = max_pool(%z) kernel=[2,2] strides=[2,2]\n";
        String text = """
                sinter.graph 1
                graph layer {
                  %x: f32[1,64,112,112] = input
                  %w0: f32[64,64,1,1] = constant random 1
                  %a: f32[1,64,112,112] = conv(%x, %w0)
                  %w: f32[64,64,3,3] = constant random 2
                  %b: f32[64] = constant random 3
                  %y: f32[1,64,112,112] = conv(%a, %w, %b) pads=[1,1,1,1]
                  %z: f32[1,64,112,112] = relu(%y)
                """
                + (pools ? pool : "")
                + "  %w2: f32[64,64,1,1] = constant random 4\n"
                + (pools ? "  %out: f32[1,64,56,56] = conv(%q, %w2)\n" : "  %out: f32[1,64,112,112] = conv(%z, %w2)\n")
                + "  return %out\n}\n";
        Graph graph = GraphParser.parse(text, "layer.sir");
        peak = new PeakLoop();
        executable = Sinter.compile(graph, Devices.of(layer.contains("jvm") ? Devices.JVM : Devices.OPENCL));
        step = executable.steps().get(1);
        context = executable.newContext();
        context.write(
                graph.inputs().getFirst(),
                RandomTensors.normal(graph.inputs().getFirst().type(), 0, 1, 5));
        executable.steps().forEach(context::start);
        context.finish();
    }

    @Benchmark
    public void layer(Ratios ratios) {
        double most = peak.measure();
        long start = System.nanoTime();
        context.start(step);
        context.finish();
        double rate = OPERATIONS / ((System.nanoTime() - start) / 1e9);
        ratios.ratios.add(rate / most);
    }

    @TearDown
    public void close() {
        context.close();
        executable.close();
        peak.close();
    }
}
