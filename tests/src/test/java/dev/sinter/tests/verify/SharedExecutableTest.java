package dev.sinter.tests.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.support.Devices;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// One executable shared by threads.
@NullMarked
class SharedExecutableTest {
    private static final int RUNS = 1000;
    private static final int DIFFERENT_INPUTS = 8;

    @Tag("opencl")
    @Test
    void two_threads_get_the_same_bits_as_one_on_opencl() throws Exception {
        twoThreadsGetTheSameBits(Devices.of(Devices.OPENCL));
    }

    @Test
    void two_threads_get_the_same_bits_as_one_on_the_jvm() throws Exception {
        twoThreadsGetTheSameBits(Devices.of(Devices.JVM));
    }

    private static void twoThreadsGetTheSameBits(Device device) throws Exception {
        Graph graph = Zoo.graph("lenet5", 1, 7);
        List<Tensor> inputs = new ArrayList<>();
        for (int i = 0; i < DIFFERENT_INPUTS; i++) {
            inputs.add(RandomTensors.normal(graph.inputs().getFirst().type(), 0, 1, i));
        }
        try (Executable executable = Sinter.compile(graph, device);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Tensor> alone = inputs.stream().map(executable::run).toList();
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                int first = thread;
                wrong.add(threads.submit(() -> {
                    int different = 0;
                    for (int run = first; run < RUNS + first; run++) {
                        int which = run % DIFFERENT_INPUTS;
                        different += executable.run(inputs.get(which)).sameBits(alone.get(which)) ? 0 : 1;
                    }
                    return different;
                }));
            }
            for (Future<Integer> thread : wrong) {
                assertEquals(0, thread.get(), "runs of " + RUNS + " whose bits differ");
            }
        }
    }
}
