package dev.sinter.tests.reference;

import dev.sinter.frontend.Model;
import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.frontend.onnx.proto.TensorShapeProto;
import dev.sinter.frontend.onnx.proto.TypeProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// A network whose weights are made by `ConstantOfShape` nodes, with random weights in their place: one value
/// everywhere would hide most errors. The weights become inputs of the model, so that every runtime can be given the
/// same ones.
///
/// @param onnx the model with weights as inputs
/// @param weights what to feed them
@NullMarked
public record SeededNetwork(String name, ModelProto onnx, Map<String, Tensor> weights) {
    public static SeededNetwork read(Path file, long seed) throws IOException {
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
        GraphProto graph = model.getGraph();
        Map<String, TensorProto> initialisers = new HashMap<>();
        graph.getInitializerList().forEach(tensor -> initialisers.put(tensor.getName(), tensor));
        GraphProto.Builder changed = graph.toBuilder().clearNode();
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (NodeProto node : graph.getNodeList()) {
            if (!node.getOpType().equals("ConstantOfShape") || !isFloat(node)) {
                changed.addNode(node);
                continue;
            }
            String output = node.getOutput(0);
            TensorProto shape =
                    Optional.ofNullable(initialisers.get(node.getInput(0))).orElseThrow();
            TensorType type = new TensorType(ElementType.FLOAT32, shapeOf(shape));
            weights.put(output, weight(graph, output, type, RandomTensors.seedFor(seed, output)));
            changed.addInput(input(output, type));
        }
        // A softmax may leave nothing but one: what it reads tells more.
        NodeProto last = changed.getNode(changed.getNodeCount() - 1);
        if (last.getOpType().equals("Softmax")) {
            changed.addOutput(ValueInfoProto.newBuilder()
                    .setName(last.getInput(0))
                    .setType(graph.getOutput(0).getType()));
        }
        String name = file.getFileName().toString().replace(".onnx", "");
        return new SeededNetwork(name, model.toBuilder().setGraph(changed).build(), weights);
    }

    /// The network as Sinter imports it, its weights constants.
    public Graph graph() {
        return withWeights().graph();
    }

    /// As [#graph()], for another batch.
    public Graph graph(long batch) {
        return withWeights().withBatch(batch).graph();
    }

    private Model withWeights() {
        Model model = Model.parse(onnx.toByteArray(), name);
        for (Map.Entry<String, Tensor> weight : weights.entrySet()) {
            model = model.withConstant(weight.getKey(), weight.getValue());
        }
        return model;
    }

    private static boolean isFloat(NodeProto node) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals("value"))
                .map(AttributeProto::getT)
                .allMatch(tensor -> tensor.getDataType() == 1);
    }

    private static Shape shapeOf(TensorProto tensor) {
        if (tensor.getInt64DataCount() > 0) {
            return new Shape(tensor.getInt64DataList());
        }
        ByteBuffer bytes = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long[] dims = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(dims);
        return Shape.of(dims);
    }

    private static ValueInfoProto input(String name, TensorType type) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        type.shape()
                .dims()
                .forEach(dim ->
                        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim)));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape)))
                .build();
    }

    /// He-normal where it multiplies whole sums, near one where it scales, small where it is added.
    private static Tensor weight(GraphProto graph, String name, TensorType type, long seed) {
        for (NodeProto node : graph.getNodeList()) {
            List<String> inputs = node.getInputList();
            int place = inputs.indexOf(name);
            if (place < 0) {
                continue;
            }
            return switch (node.getOpType()) {
                case "Conv", "Gemm", "MatMul" ->
                    place == 1 ? RandomTensors.heNormal(type, seed) : RandomTensors.normal(type, 0, 0.1, seed);
                case "BatchNormalization" ->
                    place == 1 || place == 4
                            ? RandomTensors.uniform(type, 0.5, 1.5, seed)
                            : RandomTensors.normal(type, 0, 0.1, seed);
                case "Mul" -> RandomTensors.uniform(type, 0.5, 1.5, seed);
                case "Unsqueeze" -> weight(graph, node.getOutput(0), type, seed);
                default -> RandomTensors.normal(type, 0, 0.1, seed);
            };
        }
        return RandomTensors.normal(type, 0, 0.1, seed);
    }
}
