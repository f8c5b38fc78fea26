package dev.sinter.frontend.onnx;

import com.google.protobuf.ByteString;
import dev.sinter.frontend.onnx.file.DataType;
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
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Small ONNX models for tests, right or wrong.
@NullMarked
final class OnnxBuilder {
    static final int FLOAT = DataType.FLOAT.number();
    static final int INT64 = DataType.INT64.number();

    private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
    private final GraphProto.Builder graph = model.getGraphBuilder();

    static OnnxBuilder opset(long version) {
        OnnxBuilder builder = new OnnxBuilder();
        builder.model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(version));
        return builder;
    }

    /// @param dims numbers, names such as `N`, or `?`
    OnnxBuilder input(String name, Object... dims) {
        return input(FLOAT, name, dims);
    }

    OnnxBuilder input(int type, String name, Object... dims) {
        graph.addInput(info(type, name, dims));
        return this;
    }

    OnnxBuilder output(String name) {
        return output(name, FLOAT);
    }

    OnnxBuilder output(String name, int type) {
        TypeProto.Tensor tensor =
                TypeProto.Tensor.newBuilder().setElemType(type).build();
        graph.addOutput(ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor)));
        return this;
    }

    OnnxBuilder declare(String name, Object... dims) {
        graph.addValueInfo(info(FLOAT, name, dims));
        return this;
    }

    static ValueInfoProto info(int type, String name, Object... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dim : dims) {
            switch (dim) {
                case Integer number -> shape.addDimBuilder().setDimValue(number);
                case Long number -> shape.addDimBuilder().setDimValue(number);
                case String symbol when symbol.equals("?") -> shape.addDimBuilder();
                default -> shape.addDimBuilder().setDimParam(dim.toString());
            }
        }
        TypeProto.Tensor tensor =
                TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape).build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /// An initialiser of zeros and ones.
    OnnxBuilder floats(String name, long... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
        long elements = 1;
        for (long dim : dims) {
            tensor.addDims(dim);
            elements *= dim;
        }
        for (int i = 0; i < elements; i++) {
            tensor.addFloatData(i % 2);
        }
        return initialiser(tensor.build());
    }

    OnnxBuilder integers(String name, long... values) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(INT64).addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return initialiser(tensor.build());
    }

    /// A list of floats or booleans.
    static TensorProto tensor(String name, int type, float... values) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(type).addDims(values.length);
        for (float value : values) {
            if (type == FLOAT) {
                tensor.addFloatData(value);
            } else {
                tensor.addInt32Data((int) value);
            }
        }
        return tensor.build();
    }

    OnnxBuilder initialiser(TensorProto tensor) {
        graph.addInitializer(tensor);
        return this;
    }

    /// @param operator with its domain before it, if it has one
    /// @param inputs names, separated by spaces; `-` where one is left out
    OnnxBuilder node(String operator, String inputs, String outputs, AttributeProto... attributes) {
        int point = operator.lastIndexOf('.');
        graph.addNode(NodeProto.newBuilder()
                .setDomain(operator.substring(0, Math.max(0, point)))
                .setOpType(operator.substring(point + 1))
                .addAllInput(names(inputs))
                .addAllOutput(names(outputs))
                .addAllAttribute(List.of(attributes)));
        return this;
    }

    private static List<String> names(String list) {
        return list.isBlank()
                ? List.of()
                : List.of(list.split(" ")).stream()
                        .map(name -> name.equals("-") ? "" : name)
                        .toList();
    }

    static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(7);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder().setName(name).setType(2).setI(value).build();
    }

    static AttributeProto number(String name, float value) {
        return AttributeProto.newBuilder().setName(name).setType(1).setF(value).build();
    }

    static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(3)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    /// The message, to be changed further.
    ModelProto.Builder message() {
        return model;
    }

    OnnxModel model() {
        return OnnxModel.parse(model.build().toByteArray(), "test");
    }

    Graph graph() {
        return model().graph();
    }
}
