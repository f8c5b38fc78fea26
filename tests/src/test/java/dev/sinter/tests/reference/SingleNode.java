package dev.sinter.tests.reference;

import com.google.protobuf.ByteString;
import dev.sinter.frontend.Model;
import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.onnx.proto.OperatorSetIdProto;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.frontend.onnx.proto.TensorShapeProto;
import dev.sinter.frontend.onnx.proto.TypeProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// A model of one ONNX node, made piece by piece.
@NullMarked
final class SingleNode {
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int FLOATS = 6;
    private static final int STRINGS = 8;

    private final NodeProto.Builder node;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("single");
    private final Map<String, Tensor> fed = new LinkedHashMap<>();
    private final long opset;

    SingleNode(String operator, long opset) {
        this.node = NodeProto.newBuilder().setOpType(operator).setName("node");
        this.opset = opset;
    }

    /// An input that is fed.
    SingleNode fed(String name, Tensor tensor) {
        node.addInput(name);
        fed.put(name, tensor);
        graph.addInput(port(name, tensor, true));
        return this;
    }

    /// An input that is known.
    SingleNode known(String name, Tensor tensor) {
        node.addInput(name);
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(number(tensor))
                .addAllDims(tensor.shape().dims())
                .setRawData(ByteString.copyFrom(tensor.data().toArray(ValueLayout.JAVA_BYTE))));
        return this;
    }

    SingleNode leftOut() {
        node.addInput("");
        return this;
    }

    /// @param like a tensor of its element type
    SingleNode yields(String name, Tensor like) {
        node.addOutput(name);
        if (!name.isEmpty()) {
            graph.addOutput(port(name, like, false));
        }
        return this;
    }

    SingleNode with(String attribute, long value) {
        node.addAttribute(attribute(attribute, INT).setI(value));
        return this;
    }

    SingleNode with(String attribute, double value) {
        node.addAttribute(attribute(attribute, FLOAT).setF((float) value));
        return this;
    }

    SingleNode with(String attribute, String value) {
        node.addAttribute(attribute(attribute, STRING).setS(ByteString.copyFromUtf8(value)));
        return this;
    }

    SingleNode with(String attribute, List<String> values) {
        AttributeProto.Builder built = attribute(attribute, STRINGS);
        values.forEach(value -> built.addStrings(ByteString.copyFromUtf8(value)));
        node.addAttribute(built);
        return this;
    }

    SingleNode withNumbers(String attribute, float... values) {
        AttributeProto.Builder built = attribute(attribute, FLOATS);
        for (float value : values) {
            built.addFloats(value);
        }
        node.addAttribute(built);
        return this;
    }

    private static AttributeProto.Builder attribute(String name, int type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    private static int number(Tensor tensor) {
        return switch (tensor.type().element()) {
            case FLOAT32 -> 1;
            case UINT8 -> 2;
            case INT8 -> 3;
            case INT32 -> 6;
            case INT64 -> 7;
            case BOOL -> 9;
            case FLOAT64 -> 11;
            case FLOAT16, INT16, UINT16, UINT32, UINT64 -> throw new IllegalArgumentException(tensor.toString());
        };
    }

    private static ValueInfoProto port(String name, Tensor tensor, boolean withShape) {
        TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder().setElemType(number(tensor));
        if (withShape) {
            TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
            tensor.shape()
                    .dims()
                    .forEach(dim ->
                            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim)));
            type.setShape(shape);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }

    byte[] model() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(graph.clone().addNode(node))
                .build()
                .toByteArray();
    }

    Graph graph() {
        return Model.parse(model(), "single").graph();
    }

    Map<String, Tensor> inputs() {
        return fed;
    }

    List<String> outputs() {
        return new ArrayList<>(node.getOutputList());
    }
}
