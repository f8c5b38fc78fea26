package dev.sinter.tests.onnx;

import dev.sinter.frontend.Model;
import dev.sinter.frontend.port.Dimension;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// Imports one of ONNX's own tests, runs it in the oracle and compares.
@NullMarked
final class OnnxRunner {
    private OnnxRunner() {}

    static OnnxOutcome run(OnnxCase test) {
        try {
            Model model = Model.read(test.model());
            OnnxTolerance tolerance = OnnxTolerance.of(test.name());
            for (Path dataSet : test.dataSets()) {
                Optional<String> difference = compare(model, dataSet, tolerance);
                if (difference.isPresent()) {
                    return new OnnxOutcome.Failed(difference.get());
                }
            }
            return new OnnxOutcome.Passed();
        } catch (CompileException fault) {
            return fault.code().text().startsWith("ONNX-")
                    ? new OnnxOutcome.Unsupported(fault)
                    : new OnnxOutcome.Failed(String.valueOf(fault.getMessage()));
        } catch (RuntimeException fault) {
            return new OnnxOutcome.Failed(fault.toString());
        }
    }

    /// The imported graph, with as few constants in place of inputs as it takes; empty if that is not supported.
    static Optional<Graph> graph(OnnxCase test) {
        try {
            Model model = Model.read(test.model());
            Path dataSet = test.dataSets().getFirst();
            return Optional.of(specialise(model, OnnxCase.tensors(dataSet, "input", model.inputs()))
                    .graph());
        } catch (CompileException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> compare(Model model, Path dataSet, OnnxTolerance tolerance) {
        Specialised specialised = specialise(model, OnnxCase.tensors(dataSet, "input", model.inputs()));
        Map<String, Tensor> expected = OnnxCase.tensors(dataSet, "output", model.outputs());
        Map<Value, TensorView> found =
                new Interpreter(specialised.graph(), Rounding.serial()).evaluate(specialised.inputs());
        for (Port output : model.outputs()) {
            Value value = specialised.graph().outputs().get(model.outputs().indexOf(output));
            Tensor wanted = expected.get(output.name());
            Optional<String> difference = wanted == null
                    ? Optional.empty()
                    : tolerance.difference(found.get(value), wanted, output.element());
            if (difference.isPresent()) {
                return Optional.of(value + " " + difference.get());
            }
        }
        return Optional.empty();
    }

    private record Specialised(Graph graph, Map<String, Tensor> inputs) {}

    /// These tests feed everything, even what a real network knows, such as the shape of a reshape. So as many inputs
    /// are made constants as it takes: none, all but the first, or all.
    private static Specialised specialise(Model model, Map<String, Tensor> inputs) {
        CompileException first = null;
        for (int computed : List.of(inputs.size(), Math.min(1, inputs.size()), 0)) {
            Map<String, Tensor> fed = new LinkedHashMap<>();
            Model specialised = model;
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                if (fed.size() < computed) {
                    fed.put(input.getKey(), input.getValue());
                } else {
                    specialised = specialised.withConstant(input.getKey(), input.getValue());
                }
            }
            try {
                return new Specialised(specialised.graph(dimensions(specialised, fed)), fed);
            } catch (CompileException fault) {
                first = first == null ? fault : first;
            }
        }
        throw first;
    }

    /// Open dimensions as the inputs have them.
    private static Map<String, Long> dimensions(Model model, Map<String, Tensor> inputs) {
        Map<String, Long> dimensions = new LinkedHashMap<>();
        for (Port port : model.inputs()) {
            Tensor tensor = inputs.get(port.name());
            List<Dimension> dims = port.dims().orElse(List.of());
            for (int axis = 0; tensor != null && axis < dims.size(); axis++) {
                if (!(dims.get(axis) instanceof Dimension.Fixed)) {
                    dimensions.put(
                            port.name() + "[" + axis + "]", tensor.shape().dim(axis));
                }
            }
        }
        return dimensions;
    }
}
