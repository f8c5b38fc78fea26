package dev.sinter.tests.onnx;

import dev.sinter.cli.conformance.DeviceSubject;
import dev.sinter.ir.exec.Device;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import java.io.IOException;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// ONNX's own tests of single operators, compiled: whatever can be imported can be run, or is refused by a code.
@NullMarked
class OnnxCasesOnDevicesTest {
    @ParameterizedTest
    @ValueSource(strings = {"avx512", "gpu"})
    void kernels_are_safe_and_right(String target) throws IOException {
        run(new EvaluatorDevice(SampleTargets.named(target)), target);
    }

    @Test
    void the_jvm_is_right() throws IOException {
        run(Devices.of(Devices.JVM), Devices.JVM);
    }

    private static void run(Device device, String name) throws IOException {
        RecordedOutcomes outcomes = RecordedOutcomes.of(new DeviceSubject(device), "node");
        outcomes.requireNoFailure();
        outcomes.requireUnsupportedAsRecorded(name);
    }
}
