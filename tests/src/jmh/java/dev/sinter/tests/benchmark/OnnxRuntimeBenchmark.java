package dev.sinter.tests.benchmark;

import dev.sinter.cli.bench.Samples;
import dev.sinter.cli.bench.Turns;
import dev.sinter.frontend.OnnxExport;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.reference.Agreement;
import dev.sinter.tests.reference.OnnxRuntime;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Inputs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Whole networks through OpenCL, on the JVM and with ONNX Runtime, which reads the very network as Sinter exports it.
///
/// One invocation has all of them run in turn, so that a machine whose speed drifts slows all: each run comes after a
/// pause, in which the threads of the one before fall asleep, those of ONNX Runtime spin for a while, and one run that
/// does not count; before all, each runs for two seconds at least, and until it gets no faster. What JMH calls the time
/// is that of everything together; the medians are beside it, and in `target/onnx-runtime.json` with every sample.
@NullMarked
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx8g")
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class OnnxRuntimeBenchmark {
    private static final double WARM_SECONDS = 2;
    private static final long PAUSE_MILLIS = 40;
    static final List<String> BACKENDS = List.of(Devices.OPENCL, Devices.JVM);

    @Param({
        "squeezenet",
        "shufflenet",
        "resnet50",
        "inception_v1",
        "inception_v2",
        "densenet121",
        "bvlc_alexnet",
        "zfnet512",
        "vgg19",
        "lenet5",
        "mobilenetv2",
        "unet"
    })
    public String network = "";

    @Param({"1", "16"})
    public long batch;

    @Param("21")
    public int rounds;

    private final Map<String, Turns.Run> contenders = new LinkedHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    /// The medians of one invocation, in milliseconds; 0 of who did not take part.
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Medians {
        public double openclMillis;
        public double jvmMillis;
        public double onnxRuntimeMillis;

        void set(Map<String, Samples> samples) {
            openclMillis = median(samples.get(Devices.OPENCL));
            jvmMillis = median(samples.get(Devices.JVM));
            onnxRuntimeMillis = median(samples.get(ComparisonFile.REFERENCE));
        }

        private static double median(@Nullable Samples samples) {
            return samples == null ? 0 : samples.median() * 1e3;
        }
    }

    /// Compiles for all, and demands that all agree.
    @Setup
    public void prepare() throws Exception {
        Optional<Graph> found = ComparedNetworks.graph(network, batch);
        if (found.isEmpty()) {
            System.out.println("skipped: there is no " + ComparedNetworks.file(network));
            return;
        }
        Graph graph = found.get();
        Map<String, Tensor> inputs = Inputs.normal(graph, 3);
        OnnxRuntime.Prepared theirs = OnnxRuntime.Prepared.of(
                OnnxExport.of(graph), inputs, Runtime.getRuntime().availableProcessors());
        open.add(theirs);
        Agreement agreement = Agreement.of(exact(graph, inputs), theirs.outputs());
        for (String backend : BACKENDS) {
            Optional<Device> device = Devices.find(backend);
            if (device.isEmpty()) {
                System.out.println("skipped: there is no device of " + backend);
                continue;
            }
            Executable executable = Sinter.compile(graph, device.get());
            open.add(executable);
            agreement.findFault(executable.run(inputs)).ifPresent(fault -> {
                throw new IllegalStateException(network + " on " + backend + ": " + fault);
            });
            contenders.put(backend, () -> executable.run(inputs));
        }
        contenders.put(ComparisonFile.REFERENCE, theirs::run);
    }

    /// In double arithmetic, which takes long, the first image only.
    private Map<String, Tensor> exact(Graph graph, Map<String, Tensor> inputs) throws IOException {
        if (batch == 1) {
            return Interpreter.run(graph, inputs);
        }
        Graph one = ComparedNetworks.graph(network, 1).orElseThrow();
        Map<String, Tensor> first = new LinkedHashMap<>();
        one.inputs().forEach(input -> {
            Tensor tensor = Tensor.allocate(input.type());
            Tensor all = inputs.get(input.name());
            tensor.data()
                    .copyFrom(Objects.requireNonNull(all)
                            .data()
                            .asSlice(0, tensor.data().byteSize()));
            first.put(input.name(), tensor);
        });
        return Interpreter.run(one, first);
    }

    @Benchmark
    public void inTurn(Medians medians) throws IOException {
        if (contenders.isEmpty()) {
            return;
        }
        List<Samples> measured =
                Turns.of(rounds, PAUSE_MILLIS).afterWarmingUp(WARM_SECONDS).measure(List.copyOf(contenders.values()));
        Map<String, Samples> samples = new LinkedHashMap<>();
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (String contender : contenders.keySet()) {
            Samples own = measured.get(samples.size());
            samples.put(contender, own);
            seconds.put(contender, own.seconds());
        }
        medians.set(samples);
        ComparisonFile.add(new ComparisonFile.Entry(network, batch, seconds));
    }

    @TearDown
    public void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }
}
