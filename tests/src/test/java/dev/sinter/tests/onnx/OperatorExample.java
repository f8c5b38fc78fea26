package dev.sinter.tests.onnx;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.NullMarked;

/// A node of an operator with inputs that suit it, written in a line: `T[1,3,4,4] int64=2,2 - kernel_shape=[2,2]`.
///
/// - `T[…]` is an input of the element type that is tried, `uint8[…]` one of that type;
/// - `int64=2,2` is a constant list, `int64()=2` a constant scalar, `-` an input that is left out;
/// - `name=2`, `name=0.5`, `name=[2,2]`, `name='text'` and `name=T[2]` are attributes, the last a tensor.
@NullMarked
record OperatorExample(List<String> words) {
    private static final int FLOAT_ATTRIBUTE = 1;
    private static final int INT_ATTRIBUTE = 2;
    private static final int TEXT_ATTRIBUTE = 3;
    private static final int TENSOR_ATTRIBUTE = 4;
    private static final int INTS_ATTRIBUTE = 7;
    private static final String OUTPUT = "y";

    static OperatorExample of(String line) {
        return new OperatorExample(List.of(line.strip().split(" +")));
    }

    /// @param type in place of T
    /// @param result the type that the output is declared to have
    /// @param known makes constants of the inputs
    ModelProto model(String operator, long opset, DataType type, DataType result, boolean known) {
        GraphProto.Builder graph = GraphProto.newBuilder().setName(operator);
        int point = operator.lastIndexOf('.');
        NodeProto.Builder node = NodeProto.newBuilder()
                .setDomain(operator.substring(0, Math.max(0, point)))
                .setOpType(operator.substring(point + 1))
                .addOutput(OUTPUT);
        for (String word : words) {
            if (word.isEmpty()) {
                continue;
            }
            if (word.equals("-")) {
                node.addInput("");
            } else if (word.matches("[A-Za-z0-9]+\\[[0-9,]*]")) {
                String name = "x" + node.getInputCount();
                node.addInput(name);
                String written = word.substring(0, word.indexOf('['));
                DataType element = written.equals("T") ? type : named(written);
                List<Long> dims = numbers(word.substring(word.indexOf('[') + 1, word.length() - 1));
                if (known) {
                    graph.addInitializer(constant(name, element, dims));
                } else {
                    graph.addInput(info(name, element, dims));
                }
            } else if (word.matches("[a-z0-9]+(\\(\\))?=.*") && isType(word.split("[=(]")[0])) {
                String name = "c" + node.getInputCount();
                node.addInput(name);
                graph.addInitializer(list(name, word));
            } else {
                node.addAttribute(attribute(word, type));
            }
        }
        TypeProto.Tensor output =
                TypeProto.Tensor.newBuilder().setElemType(result.number()).build();
        graph.addNode(node)
                .addOutput(ValueInfoProto.newBuilder()
                        .setName(OUTPUT)
                        .setType(TypeProto.newBuilder().setTensorType(output)));
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(graph)
                .build();
    }

    private static boolean isType(String word) {
        return Arrays.stream(DataType.values()).anyMatch(type -> type.text().equals(word));
    }

    private static DataType named(String text) {
        return DataType.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static List<Long> numbers(String list) {
        return list.isEmpty()
                ? List.of()
                : Arrays.stream(list.split(",")).map(Long::valueOf).toList();
    }

    private static ValueInfoProto info(String name, DataType type, List<Long> dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        dims.forEach(dim -> shape.addDimBuilder().setDimValue(dim));
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(type.number())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /// Zeros, which every type writes alike.
    private static TensorProto constant(String name, DataType type, List<Long> dims) {
        long elements = dims.stream().reduce(1L, (a, b) -> a * b);
        long bytes = Math.ceilDiv(elements * type.bits(), Byte.SIZE);
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.number())
                .addAllDims(dims)
                .setRawData(ByteString.copyFrom(new byte[Math.toIntExact(bytes)]))
                .build();
    }

    private static TensorProto list(String name, String word) {
        boolean scalar = word.contains("()");
        DataType type = named(word.split("[=(]")[0]);
        List<String> values = List.of(word.substring(word.indexOf('=') + 1).split(","));
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.number());
        if (!scalar) {
            tensor.addDims(values.size());
        }
        for (String value : values) {
            switch (type) {
                case FLOAT -> tensor.addFloatData(Float.parseFloat(value));
                case INT64 -> tensor.addInt64Data(Long.parseLong(value));
                default -> tensor.addInt32Data(Integer.parseInt(value));
            }
        }
        return tensor.build();
    }

    private static AttributeProto attribute(String word, DataType type) {
        int equals = word.indexOf('=');
        String value = word.substring(equals + 1);
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(word.substring(0, equals));
        if (value.startsWith("[")) {
            return attribute
                    .setType(INTS_ATTRIBUTE)
                    .addAllInts(numbers(value.substring(1, value.length() - 1)))
                    .build();
        }
        if (value.startsWith("T[")) {
            List<Long> dims = numbers(value.substring(2, value.length() - 1));
            return attribute
                    .setType(TENSOR_ATTRIBUTE)
                    .setT(constant("", type, dims))
                    .build();
        }
        if (value.startsWith("'")) {
            return attribute
                    .setType(TEXT_ATTRIBUTE)
                    .setS(ByteString.copyFromUtf8(value.substring(1, value.length() - 1)))
                    .build();
        }
        return value.contains(".")
                ? attribute
                        .setType(FLOAT_ATTRIBUTE)
                        .setF(Float.parseFloat(value))
                        .build()
                : attribute.setType(INT_ATTRIBUTE).setI(Long.parseLong(value)).build();
    }

    /// Examples of all operators that need one of their own, from a file of lines `Operator: example`.
    static List<OperatorExample> of(String operator, List<String> lines) {
        List<OperatorExample> examples = new ArrayList<>();
        lines.stream()
                .filter(line -> line.startsWith(operator + ":"))
                .forEach(line -> examples.add(of(line.substring(operator.length() + 1))));
        return examples;
    }
}
