package dev.sinter.tests.fuzz;

import dev.sinter.frontend.onnx.proto.NodeProto;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/// One operator of a network, as data that can be printed, changed and compared.
///
/// @param operator with its domain before it, if it has one, as in `com.microsoft.QLinearAdd`
/// @param inputs names of values; empty where one is left out
@NullMarked
record OnnxNode(String operator, List<String> inputs, List<String> outputs, Map<String, Attribute> attributes) {
    OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    OnnxNode reading(UnaryOperator<String> renamed) {
        return new OnnxNode(operator, inputs.stream().map(renamed).toList(), outputs, attributes);
    }

    OnnxNode renamed(UnaryOperator<String> renaming) {
        return new OnnxNode(
                operator,
                inputs.stream().map(renaming).toList(),
                outputs.stream().map(renaming).toList(),
                attributes);
    }

    OnnxNode without(String attribute) {
        Map<String, Attribute> others = new LinkedHashMap<>(attributes);
        others.remove(attribute);
        return new OnnxNode(operator, inputs, outputs, others);
    }

    /// @param name of the node
    NodeProto proto(String name) {
        int point = operator.lastIndexOf('.');
        NodeProto.Builder node = NodeProto.newBuilder()
                .setName(name)
                .setDomain(operator.substring(0, Math.max(0, point)))
                .setOpType(operator.substring(point + 1))
                .addAllInput(inputs)
                .addAllOutput(outputs);
        attributes.forEach((key, value) -> node.addAttribute(value.named(key)));
        return node.build();
    }

    @Override
    public String toString() {
        String settings = attributes.entrySet().stream()
                .map(entry -> " " + entry.getKey() + "=" + entry.getValue().text())
                .collect(Collectors.joining());
        return String.join(", ", outputs) + " = " + operator + "(" + String.join(", ", inputs) + ")" + settings;
    }
}
