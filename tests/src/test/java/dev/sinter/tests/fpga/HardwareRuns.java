package dev.sinter.tests.fpga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.backend.fpga.Design;
import dev.sinter.backend.fpga.Hardware;
import dev.sinter.backend.fpga.Simulation;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import dev.sinter.tests.support.EvaluatorDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// Random frames for hardware, and what its kernels make of them.
@NullMarked
final class HardwareRuns {
    /// True if `-Dsinter.hardware=all` asks for what takes long.
    static final boolean ALL = "all".equals(System.getProperty("sinter.hardware"));

    private HardwareRuns() {}

    static List<Map<Value, Tensor>> frames(Hardware hardware, int count) {
        List<Map<Value, Tensor>> frames = new ArrayList<>();
        for (int frame = 0; frame < count; frame++) {
            Map<Value, Tensor> inputs = new HashMap<>();
            for (Design.Stream stream : hardware.design().inputs()) {
                Value input = stream.tensor();
                inputs.put(
                        input,
                        RandomTensors.integers(
                                input.type(),
                                stream.range().lo(),
                                stream.range().hi(),
                                31L * frame + 5));
            }
            frames.add(inputs);
        }
        return frames;
    }

    /// Demands that outputs are those of the kernels in the kernel evaluator, every bit, and that those of the first
    /// frame are the oracle's.
    static void assertRight(
            Hardware hardware, Target target, List<Map<Value, Tensor>> frames, Simulation.Result result) {
        try (Executable kernels = Sinter.load(hardware.program(), new EvaluatorDevice(target), Trace.silent())) {
            for (int frame = 0; frame < frames.size(); frame++) {
                Map<String, Tensor> inputs = new LinkedHashMap<>();
                frames.get(frame).forEach((value, tensor) -> inputs.put(value.name(), tensor));
                if (frame == 0) {
                    VerificationReport report = Verification.bounded(kernels, inputs, _ -> {});
                    assertTrue(report.passed(), report::toString);
                }
                Map<String, Tensor> expected = kernels.run(inputs);
                for (Value output : hardware.core().network().outputs()) {
                    Tensor wanted = Expect.present(expected.get(output.name()), output);
                    Tensor found = Expect.present(result.outputs().get(frame).get(output), output);
                    assertEquals(numbers(wanted), numbers(found), output.name() + " of frame " + frame);
                }
            }
        }
    }

    static List<Long> numbers(Map<String, Tensor> outputs, Value output) {
        return numbers(Expect.present(outputs.get(output.name()), output));
    }

    static List<Long> numbers(Tensor tensor) {
        List<Long> numbers = new ArrayList<>();
        for (long i = 0; i < tensor.shape().elements(); i++) {
            numbers.add(tensor.getLong(i));
        }
        return numbers;
    }
}
