package dev.sinter.tests.tornado;

import dev.sinter.backend.tornado.TornadoForm;
import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.host.HostOperatorsTest;
import dev.sinter.tests.reference.SeededNetwork;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Inputs;
import dev.sinter.tests.verify.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;

/// What [TornadoVmTest] runs in a process that was started with TornadoVM. A task that fails ends it with a stack
/// trace.
@NullMarked
final class TornadoRuns {
    private static final int THREADS = 8;
    private static final int RUNS_OF_THREAD = 50;
    private static final int RUNS = 1_000;
    private static final int WARM_UP = 200;
    private static final double CLOSE = 1e-4;
    private static final long MOST_GROWTH = 64 << 20;

    private TornadoRuns() {}

    /// @param arguments a form, a task, and the networks that it is for
    public static void main(String[] arguments) throws Exception {
        TornadoForm.choose(arguments[0]);
        Device device = Devices.of("tornado");
        for (String name : List.of(arguments).subList(2, arguments.length)) {
            Graph graph = graph(name);
            switch (arguments[1]) {
                case "verify" -> {
                    Verified.bounded(graph, device);
                    Verified.exact(graph, device);
                }
                case "host" -> host(device);
                case "share" -> share(graph, device);
                case "grow" -> grow(graph, device);
                default -> throw new IllegalArgumentException(arguments[1]);
            }
        }
        System.exit(0);
    }

    private static Graph graph(String name) throws IOException {
        return name.endsWith(".onnx") ? SeededNetwork.read(Path.of(name), 42).graph(1) : Zoo.graph(name, 1, 7);
    }

    /// What another device computes step by step, this one must in whole runs: twice, so that nothing is left of a run
    /// before.
    private static void host(Device device) {
        Graph graph = HostOperatorsTest.network();
        Verified.bounded(graph, device);
        Verified.exact(graph, device);
        try (Executable executable = Sinter.compile(graph, device);
                Executable other = Sinter.compile(graph, Devices.of(Devices.JVM))) {
            for (int seed = 0; seed < 3; seed++) {
                Map<String, Tensor> inputs = Inputs.normal(graph, seed);
                Map<String, Tensor> expected = other.run(inputs);
                executable.run(inputs).forEach((name, tensor) -> requireClose(name, tensor, expected));
            }
        }
    }

    private static void requireClose(String name, Tensor tensor, Map<String, Tensor> expected) {
        Tensor wanted = Objects.requireNonNull(expected.get(name));
        if (!tensor.type().equals(wanted.type())) {
            throw new AssertionError(name + " is " + tensor.type() + " but should be " + wanted.type());
        }
        for (long i = 0; i < tensor.shape().elements(); i++) {
            if (Math.abs(tensor.get(i) - wanted.get(i)) > CLOSE) {
                throw new AssertionError(name + " is " + tensor.get(i) + " but should be " + wanted.get(i));
            }
        }
    }

    private static void share(Graph graph, Device device) throws InterruptedException, ExecutionException {
        try (Executable executable = Sinter.compile(graph, device);
                var threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Boolean>> same = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Tensor input = RandomTensors.normal(graph.inputs().getFirst().type(), 0, 1, thread);
                Tensor alone = executable.run(input);
                same.add(threads.submit(() -> {
                    boolean all = true;
                    for (int run = 0; run < RUNS_OF_THREAD; run++) {
                        all &= executable.run(input).sameBits(alone);
                    }
                    return all;
                }));
            }
            for (Future<Boolean> one : same) {
                if (!one.get()) {
                    throw new AssertionError("bits differ between threads");
                }
            }
        }
    }

    private static void grow(Graph graph, Device device) throws IOException {
        Tensor input = RandomTensors.normal(graph.inputs().getFirst().type(), 0, 1, 1);
        try (Executable executable = Sinter.compile(graph, device)) {
            long before = 0;
            for (int run = 0; run < RUNS; run++) {
                executable.run(input);
                before = run == WARM_UP ? resident() : before;
            }
            long growth = resident() - before;
            if (growth > MOST_GROWTH) {
                throw new AssertionError(RUNS - WARM_UP + " runs took " + growth + " bytes");
            }
        }
    }

    /// The bytes of memory that this process holds.
    private static long resident() throws IOException {
        System.gc();
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(one -> one.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
    }
}
