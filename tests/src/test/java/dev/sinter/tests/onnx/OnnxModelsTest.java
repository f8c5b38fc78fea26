package dev.sinter.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.cli.conformance.CaseOutcome;
import dev.sinter.cli.conformance.CaseResult;
import dev.sinter.cli.conformance.ConformanceCase;
import dev.sinter.cli.conformance.ConformanceRunner;
import dev.sinter.cli.conformance.ExpectedTolerance;
import dev.sinter.cli.conformance.OracleSubject;
import dev.sinter.frontend.Model;
import dev.sinter.frontend.onnx.OnnxTensors;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.Verification;
import dev.sinter.tests.reference.OnnxRuntime;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Inputs;
import dev.sinter.tests.support.Requirements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole networks as exporters write them.
@NullMarked
class OnnxModelsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bvlc_alexnet",
                "densenet121",
                "inception_v1",
                "inception_v2",
                "resnet50",
                "shufflenet",
                "squeezenet",
                "vgg19",
                "zfnet512"
            })
    void known_topologies_are_imported(String name) {
        Path folder = Requirements.sharedData().resolve("onnx/light");
        Graph graph = Model.read(folder.resolve("light_" + name + ".onnx")).graph();
        Shape expected = OnnxTensors.read(folder.resolve("light_" + name + "_output_0.pb"))
                .shape();
        assertEquals(expected, graph.outputs().getFirst().type().shape());
    }

    @Test
    void a_digit_classifier_gives_its_recorded_outputs() {
        ConformanceCase test = new ConformanceCase(model("mnist-8").getParent());
        assertEquals(3, test.dataSets().size());
        CaseResult result = new ConformanceRunner(new OracleSubject()).run(test);
        assertEquals(new CaseOutcome.Passed(List.of(), List.of()), result.outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mnist-8", "squeezenet-fp16", "ultraface-slim-320", "fastestdet"})
    void a_batch_that_the_file_fixes_at_one_can_be_larger(String name) {
        Model model = Model.read(model(name));
        Graph one = model.graph();
        Graph many = model.withBatch(3).graph();
        for (int i = 0; i < one.outputs().size(); i++) {
            Shape single = one.outputs().get(i).type().shape();
            assertEquals(
                    single.with(0, 3 * single.dim(0)),
                    many.outputs().get(i).type().shape());
        }
        assertEquals(one.nodes().size(), many.nodes().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ultraface-slim-320", "fastestdet"})
    void detectors_give_what_onnx_runtime_gives(String name) throws Exception {
        Model model = Model.read(model(name));
        Graph graph = model.graph();
        Map<String, Tensor> inputs = Inputs.normal(graph, 7);
        Map<String, Tensor> expected = OnnxRuntime.run(Files.readAllBytes(model(name)), inputs);
        new Interpreter(graph, Rounding.serial())
                .evaluate(inputs)
                .forEach((output, found) -> assertEquals(
                        OptionalLong.empty(),
                        ExpectedTolerance.of(name)
                                .firstDifference(
                                        found.rounded(), found, expected.get(output.name()), ElementType.FLOAT32)));
    }

    @Test
    void arithmetic_on_shapes_leaves_no_nodes() {
        Graph graph = Model.read(model("ultraface-slim-320")).graph();
        assertTrue(graph.nodes().stream()
                .allMatch(node -> node.output().type().element().isFloating()));
    }

    @Test
    void half_precision_is_computed_in_single_and_remembered() {
        Model model = Model.read(model("squeezenet-fp16"));
        Port input = model.inputs().getFirst();
        assertEquals(ElementType.FLOAT16, input.element());
        Graph graph = model.graph();
        assertEquals(ElementType.FLOAT32, graph.inputs().getFirst().type().element());
        assertTrue(graph.constants().values().stream()
                .allMatch(tensor -> tensor.type().element() == ElementType.FLOAT32));
    }

    /// Its arithmetic is on integers, but for factors that are too long for a float: then another order of the same sum
    /// would show, where a division does not hide it.
    @Test
    void a_network_of_integers_gives_its_recorded_output_to_the_bit() {
        ConformanceCase test = new ConformanceCase(model("smartagri-int8").getParent());
        Model model = Model.read(test.model());
        Graph graph = model.graph();
        Path dataSet = test.dataSets().getFirst();
        Map<String, Tensor> inputs = ConformanceCase.inputs(dataSet, model.inputs());
        Map<String, Tensor> expected = ConformanceCase.outputs(dataSet, model.outputs());
        Map<String, Tensor> oracle = Interpreter.run(graph, inputs);
        expected.forEach((name, tensor) -> assertTrue(tensor.sameBits(oracle.get(name)), name));
        try (Executable executable = Sinter.compile(graph, Devices.of(Devices.JVM))) {
            Map<String, Tensor> found = executable.run(inputs);
            expected.forEach((name, tensor) -> assertTrue(tensor.sameBits(found.get(name)), name));
            assertTrue(Verification.bounded(executable, inputs, _ -> {}).passed());
        }
    }

    private static Path model(String name) {
        return Requirements.sharedData().resolve("models").resolve(name).resolve("model.onnx");
    }
}
