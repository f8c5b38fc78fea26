package dev.sinter.tests.fpga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.backend.fpga.Fit;
import dev.sinter.backend.fpga.Hardware;
import dev.sinter.backend.fpga.Simulation;
import dev.sinter.backend.fpga.Simulation.Simulator;
import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.hardware.HardwareConfigs;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.plan.Folding;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Requirements;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole networks as hardware, with nothing but their ends on the host: each result is what the JVM's kernels yield,
/// those of the first frame are within the oracle's bounds, and frames follow each other as predicted.
@NullMarked
@Tag("slow")
class NetworkHardwareTest {
    private static final Target TARGET =
            HardwareConfigs.bundled().named("xilinx-artix7-100t").target();
    private static final int FRAMES = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"resnet8, 200000, 12", "ds-cnn, 200000, 12"})
    void it_is_right_and_as_fast_as_predicted(String name, long pace, int kernels) {
        Requirements.assume(Simulator.VERILATOR.program(), Simulator.VERILATOR::isThere, "it is not on the path");
        Hardware hardware = Hardware.of(
                QuantizedNetworks.quantized(Zoo.graph(name, 1, 3)), TARGET, Folding.pace(pace), CompileOptions.DEFAULT);
        assertEquals(kernels, hardware.design().kernels());
        assertTrue(Fit.of(hardware.design(), TARGET).fits());
        List<Map<Value, Tensor>> frames = HardwareRuns.frames(hardware, FRAMES);
        Simulation.Result result = Simulation.run(hardware.design(), frames, 0, Simulator.VERILATOR, folder);
        double predicted = hardware.design().interval();
        assertTrue(predicted <= pace, predicted + " cycles");
        assertEquals(predicted, result.interval(), 0.02 * predicted);
        Value input = hardware.core().network().inputs().getFirst();
        Value output = hardware.core().network().outputs().getFirst();
        try (Executable kernel = Sinter.compile(hardware.core().network(), Devices.of(Devices.JVM))) {
            for (int frame = 0; frame < FRAMES; frame++) {
                Map<String, Tensor> inputs =
                        Map.of(input.name(), Expect.present(frames.get(frame).get(input), frame));
                List<Long> expected = HardwareRuns.numbers(kernel.run(inputs), output);
                Tensor found = Expect.present(result.outputs().get(frame).get(output), output);
                assertEquals(expected, HardwareRuns.numbers(found), "frame " + frame);
                if (frame == 0) {
                    VerificationReport report = Verification.bounded(kernel, inputs, _ -> {});
                    assertTrue(report.passed(), report::toString);
                }
            }
        }
    }
}
