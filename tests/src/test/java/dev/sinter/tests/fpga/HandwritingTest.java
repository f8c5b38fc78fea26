package dev.sinter.tests.fpga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.backend.fpga.Hardware;
import dev.sinter.backend.fpga.IntegerCore;
import dev.sinter.backend.fpga.Simulation;
import dev.sinter.backend.fpga.Simulation.Simulator;
import dev.sinter.frontend.Model;
import dev.sinter.hardware.HardwareConfigs;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.plan.Folding;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import dev.sinter.tests.support.CommandRun;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Requirements;
import dev.sinter.training.data.Dataset;
import dev.sinter.training.data.IdxDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The trained model that comes with Sinter, as hardware, on pictures of MNIST: each result of its last layer is what
/// the JVM's kernels yield, and within the oracle's bounds, which is to say equal, but for a few pictures.
/// `-Dsinter.hardware=all` takes 1,000 pictures.
@NullMarked
@Tag("slow")
class HandwritingTest {
    private static final Path MODEL = Path.of("../samples/digits.onnx");
    private static final int PICTURES = HardwareRuns.ALL ? 1000 : 100;

    @TempDir
    private Path folder;

    @Test
    void it_reads_handwriting_as_the_oracle_does() {
        Path mnist = Requirements.sharedData().resolve("datasets/mnist");
        Requirements.assume(Simulator.VERILATOR.program(), Simulator.VERILATOR::isThere, "it is not on the path");
        Dataset pictures = IdxDataset.read(
                mnist.resolve("t10k-images-idx3-ubyte.gz"),
                mnist.resolve("t10k-labels-idx1-ubyte.gz"),
                IntStream.range(0, 10).mapToObj(String::valueOf).toList());
        Path quantized = folder.resolve("digits-int8.onnx");
        CommandRun.fine("quantize", MODEL, "--data", "digits:200", "--out", quantized, "-q");
        Graph network = Sinter.optimised(Model.read(quantized).graph(), CompileOptions.DEFAULT);
        Target target = HardwareConfigs.bundled().named("xilinx-artix7-200t").target();
        Hardware hardware = Hardware.of(network, target, Folding.onto(32), CompileOptions.DEFAULT);
        List<Map<Value, Tensor>> frames = frames(network, hardware, pictures);
        Simulation.Result result = Simulation.run(hardware.design(), frames, 0, Simulator.VERILATOR, folder);
        Graph core = hardware.core().network();
        Value input = core.inputs().getFirst();
        Value output = core.outputs().getFirst();
        int right = 0;
        int exact = 0;
        try (Executable kernels = Sinter.compile(core, Devices.of(Devices.JVM))) {
            for (int i = 0; i < PICTURES; i++) {
                Map<String, Tensor> inputs =
                        Map.of(input.name(), Expect.present(frames.get(i).get(input), i));
                List<Long> found = HardwareRuns.numbers(
                        Expect.present(result.outputs().get(i).get(output), output));
                assertEquals(HardwareRuns.numbers(kernels.run(inputs), output), found, "picture " + i);
                if (HardwareRuns.numbers(Interpreter.run(core, inputs), output).equals(found)) {
                    exact++;
                } else {
                    // A sum with a scale is so near to a half that single precision rounds it the other way.
                    VerificationReport report = Verification.bounded(kernels, inputs, _ -> {});
                    assertTrue(report.passed(), report::toString);
                }
                long most = found.stream().mapToLong(Long::longValue).max().orElseThrow();
                right += found.indexOf(most) == pictures.label(i) ? 1 : 0;
            }
        }
        assertTrue(exact >= 0.99 * PICTURES, exact + " of " + PICTURES);
        assertTrue(right >= 0.9 * PICTURES, right + " of " + PICTURES);
        assertEquals(
                hardware.design().interval(),
                result.interval(),
                0.02 * hardware.design().interval());
    }

    /// What the host makes of pictures for the hardware.
    private static List<Map<Value, Tensor>> frames(Graph network, Hardware hardware, Dataset pictures) {
        IntegerCore core = IntegerCore.of(network);
        Value integers = core.network().inputs().getFirst();
        Graph host = network.part("host", new LinkedHashSet<>(network.inputs()), core.before(), List.of(integers));
        Value input = network.inputs().getFirst();
        Value port = hardware.core().network().inputs().getFirst();
        List<Map<Value, Tensor>> frames = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            Tensor picture = Tensor.ofFloats(input.type().shape(), pictures.example(i));
            Map<String, Tensor> made = Interpreter.run(host, Map.of(input.name(), picture));
            frames.add(Map.of(port, Expect.present(made.get(integers.name()), integers)));
        }
        return frames;
    }
}
