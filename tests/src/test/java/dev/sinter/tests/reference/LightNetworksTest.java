package dev.sinter.tests.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.frontend.Model;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Inputs;
import dev.sinter.tests.support.Requirements;
import dev.sinter.tests.verify.Verified;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nine networks that others drew, with random weights, held against ONNX Runtime and against the oracle.
@NullMarked
@Tag("slow")
class LightNetworksTest {
    @Tag("opencl")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "light_bvlc_alexnet",
                "light_densenet121",
                "light_inception_v1",
                "light_inception_v2",
                "light_resnet50",
                "light_shufflenet",
                "light_squeezenet",
                "light_vgg19",
                "light_zfnet512"
            })
    void networks_agree_with_onnx_runtime_and_the_oracle_on_every_device(String name) throws Exception {
        Path file = Requirements.sharedData().resolve("onnx/light").resolve(name + ".onnx");
        constantWeightsRun(file);
        SeededNetwork network = SeededNetwork.read(file, 42);
        Graph graph = network.graph();
        Map<String, Tensor> inputs = Inputs.normal(graph, 3);
        Map<String, Tensor> all = new LinkedHashMap<>(network.weights());
        all.putAll(inputs);
        Map<String, Tensor> theirs = OnnxRuntime.run(network.onnx().toByteArray(), all);
        Map<String, Tensor> exact = Interpreter.run(graph, inputs);
        // Each device is judged in one of two ways: to evaluate a network in double takes most of the time.
        try (Executable executable = Sinter.compile(graph, Devices.of(Devices.OPENCL))) {
            requireClose(executable, inputs, exact, theirs);
            Verified.bounded(executable);
        }
        Device jvm = Devices.of(Devices.JVM);
        try (Executable executable = Sinter.compile(graph, jvm)) {
            requireClose(executable, inputs, exact, theirs);
        }
        Verified.exact(graph, jvm);
    }

    private static void constantWeightsRun(Path file) {
        Graph graph = Model.read(file).graph();
        try (Executable executable = Sinter.compile(graph, Devices.of(Devices.OPENCL))) {
            Map<String, Tensor> outputs = executable.run(Inputs.normal(graph, 1));
            assertEquals(graph.outputs().size(), outputs.size());
        }
    }

    private static void requireClose(
            Executable executable, Map<String, Tensor> inputs, Map<String, Tensor> exact, Map<String, Tensor> theirs) {
        assertEquals(Optional.empty(), Agreement.of(exact, theirs).findFault(executable.run(inputs)));
    }
}
