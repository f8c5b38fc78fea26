package dev.sinter.ir.interp;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.NearestNames;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Checks that tensors given by name are what a graph takes.
public final class GraphInputs {
    private GraphInputs() {}

    /// The given tensors by graph input.
    ///
    /// @throws CompileException if a name is missing or unknown, or a tensor has another element type or shape
    public static Map<Value, Tensor> byValue(Graph graph, Map<String, Tensor> given) {
        Map<Value, Tensor> byValue = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            Tensor tensor = given.get(input.name());
            if (tensor == null) {
                throw new CompileException(
                        Code.INPUT_NAME,
                        input.name(),
                        "no tensor is given for this input, which is " + input.type(),
                        valid(graph));
            }
            check(graph, input, tensor.type());
            byValue.put(input, tensor);
        }
        List<String> known = graph.inputs().stream().map(Value::name).toList();
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                String inputs = valid(graph);
                Optional<String> near = NearestNames.hint(name, known);
                throw new CompileException(
                        Code.INPUT_NAME,
                        name,
                        "is given but is no input of " + graph.name(),
                        near.map(hint -> hint + " " + inputs).orElse(inputs));
            }
        }
        return byValue;
    }

    private static void check(Graph graph, Value input, TensorType given) {
        boolean sameElement = given.element() == input.type().element();
        if (given.equals(input.type())) {
            return;
        }
        throw new CompileException(
                sameElement ? Code.INPUT_SHAPE : Code.INPUT_TYPE,
                input.name(),
                "is " + input.type() + " but the given tensor is " + given,
                valid(graph));
    }

    private static String valid(Graph graph) {
        return graph.inputs().stream()
                .map(input -> input.name() + " " + input.type())
                .collect(Collectors.joining(", ", "the inputs are ", ""));
    }
}
