package dev.sinter.tests.fuzz;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.file.TensorEncoder;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.OperatorSetIdProto;
import dev.sinter.frontend.onnx.proto.TensorShapeProto;
import dev.sinter.frontend.onnx.proto.TypeProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/// A network as data: a list of ONNX's own nodes, and by what the tensors around them are made.
///
/// It is ONNX and not Sinter's IR because most of what ONNX has becomes several operators of the IR, or one in another
/// form: so the importer is under test as well, ONNX Runtime reads just what Sinter does, and what Sinter refuses can
/// be told from what is not valid. The exporter is tested on what the importer makes of it.
///
/// @param outputs with their element types, which files state
@NullMarked
record FuzzNetwork(
        long opset,
        Map<String, TensorType> inputs,
        Map<String, Constant> constants,
        List<OnnxNode> nodes,
        Map<String, Optional<ElementType>> outputs) {
    /// ONNX Runtime reads no newer one.
    private static final int FORMAT = 8;

    private static final Set<String> DECIDING = Set.of(
            "Less",
            "LessOrEqual",
            "Greater",
            "GreaterOrEqual",
            "Equal",
            "ArgMax",
            "ArgMin",
            "TopK",
            "Hardmax",
            "Floor",
            "Ceil",
            "Round",
            "Sign",
            "Mod",
            "QuantizeLinear",
            "DynamicQuantizeLinear",
            "com.microsoft.DynamicQuantizeMatMul");

    private static final Attribute HALF = new Attribute.Whole(DataType.FLOAT16.number());

    FuzzNetwork {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
        nodes = List.copyOf(nodes);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    FuzzNetwork withNodes(List<OnnxNode> others) {
        return new FuzzNetwork(opset, inputs, constants, others, outputs);
    }

    FuzzNetwork withOutputs(Map<String, Optional<ElementType>> others) {
        return new FuzzNetwork(opset, inputs, constants, nodes, others);
    }

    FuzzNetwork withInputs(Map<String, TensorType> others) {
        return new FuzzNetwork(opset, others, constants, nodes, outputs);
    }

    FuzzNetwork withConstants(Map<String, Constant> others) {
        return new FuzzNetwork(opset, inputs, others, nodes, outputs);
    }

    /// The network without what no output depends on.
    FuzzNetwork pruned() {
        Set<String> needed = new HashSet<>(outputs.keySet());
        List<OnnxNode> kept = new ArrayList<>();
        for (OnnxNode node : nodes.reversed()) {
            if (node.outputs().stream().anyMatch(needed::contains)) {
                kept.addFirst(node);
                needed.addAll(node.inputs());
            }
        }
        Map<String, TensorType> read = new LinkedHashMap<>(inputs);
        read.keySet().retainAll(needed);
        Map<String, Constant> known = new LinkedHashMap<>(constants);
        known.keySet().retainAll(needed);
        return new FuzzNetwork(opset, read, known, kept, outputs);
    }

    /// True if infinities and NaN are among its constants: what a maximum, a comparison or a conversion to integers
    /// does to them, ONNX leaves open.
    boolean isWild() {
        return constants.values().stream().anyMatch(Constant::isWild);
    }

    /// True if something depends on constants alone.
    boolean isFolded() {
        return nodes.stream()
                .anyMatch(node -> node.inputs().stream().allMatch(input -> constants.containsKey(input))
                        && !node.inputs().isEmpty());
    }

    /// True if a number that is off by next to nothing may make all the difference.
    boolean decides() {
        return nodes.stream().anyMatch(node -> DECIDING.contains(node.operator()));
    }

    /// True if something is rounded to half precision, which makes much of a difference in the last bit of a float.
    boolean isNarrow() {
        return nodes.stream()
                .anyMatch(node -> node.operator().equals("Cast")
                        && HALF.equals(node.attributes().get("to")));
    }

    /// As the bytes of an ONNX file.
    byte[] model() {
        GraphProto.Builder graph = GraphProto.newBuilder().setName("fuzz");
        inputs.forEach((name, type) -> graph.addInput(input(name, type)));
        constants.forEach((name, constant) -> graph.addInitializer(TensorEncoder.encode(name, constant.tensor())));
        for (int place = 0; place < nodes.size(); place++) {
            graph.addNode(nodes.get(place).proto("node/" + place));
        }
        outputs.forEach((name, element) -> graph.addOutput(output(name, element)));
        return ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .addOpsetImport(OperatorSetIdProto.newBuilder()
                        .setDomain("com.microsoft")
                        .setVersion(1))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static ValueInfoProto input(String name, TensorType type) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        type.shape().dims().forEach(extent -> shape.addDimBuilder().setDimValue(extent));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(tensor(type.element()).setShape(shape)))
                .build();
    }

    private static ValueInfoProto output(String name, Optional<ElementType> element) {
        ValueInfoProto.Builder info = ValueInfoProto.newBuilder().setName(name);
        element.ifPresent(type -> info.setType(TypeProto.newBuilder().setTensorType(tensor(type))));
        return info.build();
    }

    private static TypeProto.Tensor.Builder tensor(ElementType element) {
        return TypeProto.Tensor.newBuilder().setElemType(DataType.of(element).number());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("opset " + opset + "\n");
        inputs.forEach((name, type) ->
                text.append(name).append(": input ").append(type).append('\n'));
        constants.forEach((name, constant) ->
                text.append(name).append(": ").append(constant).append('\n'));
        nodes.forEach(node -> text.append(node).append('\n'));
        return text.append("outputs ")
                .append(String.join(", ", outputs.keySet()))
                .toString();
    }
}
