package dev.sinter.tests.reference;

import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.onnx.proto.OperatorSetIdProto;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.frontend.onnx.proto.TensorShapeProto;
import dev.sinter.frontend.onnx.proto.TypeProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/// Writes ONNX models of quantised numbers, from the float32 input `x` to the float32 output `y`.
@NullMarked
final class QuantizedModel {
    static final int FLOAT = 1;
    static final int UINT8 = 2;
    static final int INT8 = 3;
    static final int INT32 = 6;

    private static final int FLOAT_ATTRIBUTE = 1;
    private static final int INT_ATTRIBUTE = 2;
    private static final int INTS_ATTRIBUTE = 7;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("quantised");
    private final Random random;

    QuantizedModel(long seed, long... dims) {
        random = new Random(seed);
        graph.addInput(info("x", dims));
        graph.addOutput(info("y"));
    }

    private static ValueInfoProto info(String name, long... dims) {
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(FLOAT);
        if (dims.length > 0) {
            TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
            Arrays.stream(dims).forEach(dim -> shape.addDimBuilder().setDimValue(dim));
            tensor.setShape(shape);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /// Integers drawn from a range, both ends included.
    QuantizedModel integers(String name, int type, int least, int most, long... dims) {
        TensorProto.Builder tensor = tensor(name, type, dims);
        for (long i = 0; i < elements(dims); i++) {
            tensor.addInt32Data(random.nextInt(least, most + 1));
        }
        graph.addInitializer(tensor);
        return this;
    }

    QuantizedModel floats(String name, double least, double most, long... dims) {
        TensorProto.Builder tensor = tensor(name, FLOAT, dims);
        for (long i = 0; i < elements(dims); i++) {
            tensor.addFloatData((float) (least == most ? least : random.nextDouble(least, most)));
        }
        graph.addInitializer(tensor);
        return this;
    }

    private static TensorProto.Builder tensor(String name, int type, long... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type);
        Arrays.stream(dims).forEach(tensor::addDims);
        return tensor;
    }

    private static long elements(long... dims) {
        return Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    }

    /// @param inputs names, separated by spaces
    QuantizedModel node(String operator, String inputs, String outputs, AttributeProto... attributes) {
        return node("", operator, inputs, outputs, attributes);
    }

    QuantizedModel node(String domain, String operator, String inputs, String outputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setDomain(domain)
                .setOpType(operator)
                .addAllInput(Arrays.stream(inputs.split(" ", -1))
                        .map(name -> name.equals("-") ? "" : name)
                        .toList())
                .addAllOutput(List.of(outputs.split(" ", -1)))
                .addAllAttribute(List.of(attributes)));
        return this;
    }

    static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(INTS_ATTRIBUTE);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(INT_ATTRIBUTE)
                .setI(value)
                .build();
    }

    static AttributeProto number(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(FLOAT_ATTRIBUTE)
                .setF(value)
                .build();
    }

    byte[] bytes(long opset) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                .addOpsetImport(OperatorSetIdProto.newBuilder()
                        .setDomain("com.microsoft")
                        .setVersion(1))
                .setGraph(graph)
                .build()
                .toByteArray();
    }
}
