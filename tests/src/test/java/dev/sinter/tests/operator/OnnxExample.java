package dev.sinter.tests.operator;

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
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/// An ONNX model of one node.
///
/// @param inputs the shapes of its inputs
/// @param elements ONNX's numbers for their element types
@NullMarked
record OnnxExample(
        String operator,
        long opset,
        List<int[]> inputs,
        List<Integer> elements,
        List<AttributeProto> attributes,
        List<Known> known,
        Result result) {
    /// Which of the node's outputs is the model's, and its element type.
    record Result(int number, int element) {}

    /// A constant that is an input.
    ///
    /// @param position where it stands among all inputs
    record Known(int position, Tensor tensor) {}

    private static final int FLOAT = 1;
    private static final int FLOAT_ATTRIBUTE = 1;
    private static final int INT64 = 7;
    private static final int INT_ATTRIBUTE = 2;
    static final int UINT8 = 2;
    static final int BOOL = 9;
    private static final int STRING_ATTRIBUTE = 3;
    private static final Map<String, Integer> ELEMENTS = Map.of("", FLOAT, "bool", BOOL, "i64", INT64, "u8", UINT8);
    private static final Set<String> YIELDING_INDICES = Set.of("NonMaxSuppression", "NonZero");
    private static final int INTS_ATTRIBUTE = 7;

    /// @param inputs extents, inputs apart by a bar: `1,3,5,5 | 4,3,3,3`; float32, unless `bool` or `i64` stands before
    static OnnxExample of(String operator, long opset, String inputs, AttributeProto... attributes) {
        List<int[]> shapes = new ArrayList<>();
        List<Integer> elements = new ArrayList<>();
        for (String input : inputs.split("\\|", -1)) {
            String text = input.strip();
            String shape = text.substring(text.lastIndexOf(' ') + 1);
            elements.add(ELEMENTS.get(
                    text.substring(0, text.length() - shape.length()).strip()));
            shapes.add(java.util.Arrays.stream(shape.split(","))
                    .mapToInt(Integer::parseInt)
                    .toArray());
        }
        Result result = new Result(0, YIELDING_INDICES.contains(operator) ? INT64 : FLOAT);
        return new OnnxExample(operator, opset, shapes, elements, List.of(attributes), List.of(), result);
    }

    /// The same with one more input, of constant integers.
    OnnxExample with(int position, long... values) {
        return with(position, values.length == 1 ? Shape.of() : Shape.of(values.length), values);
    }

    OnnxExample with(int position, Shape shape, long... values) {
        List<Known> more = new ArrayList<>(known);
        more.add(new Known(position, Tensor.ofLongs(shape, values)));
        return new OnnxExample(operator, opset, inputs, elements, attributes, more, result);
    }

    /// The same, but the model's output has another element type.
    OnnxExample yielding(int element) {
        return new OnnxExample(operator, opset, inputs, elements, attributes, known, new Result(0, element));
    }

    /// The same, but the model's output is one of indices.
    OnnxExample yieldingIndices(int output) {
        return new OnnxExample(operator, opset, inputs, elements, attributes, known, new Result(output, INT64));
    }

    static AttributeProto word(String name, String value) {
        return attribute(name, STRING_ATTRIBUTE)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute = attribute(name, INTS_ATTRIBUTE);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    static AttributeProto integer(String name, long value) {
        return attribute(name, INT_ATTRIBUTE).setI(value).build();
    }

    static AttributeProto number(String name, double value) {
        return attribute(name, FLOAT_ATTRIBUTE).setF((float) value).build();
    }

    private static AttributeProto.Builder attribute(String name, int type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    /// The graph that the importer makes of it.
    Graph imported() {
        GraphProto.Builder graph = GraphProto.newBuilder().setName(operator);
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).addAllAttribute(attributes);
        for (int i = 0; i < result.number(); i++) {
            node.addOutput("unread" + i);
        }
        node.addOutput("y");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            graph.addInput(input("x" + i, elements.get(i), inputs.get(i)));
            names.add("x" + i);
        }
        for (Known constant : known) {
            String name = "known" + constant.position();
            graph.addInitializer(initialiser(name, constant.tensor()));
            names.add(constant.position(), name);
        }
        node.addAllInput(names);
        TypeProto output = TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(result.element()))
                .build();
        graph.addNode(node).addOutput(ValueInfoProto.newBuilder().setName("y").setType(output));
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(graph)
                .build();
        return Model.parse(model.toByteArray(), operator).graph();
    }

    private static TensorProto initialiser(String name, Tensor tensor) {
        TensorProto.Builder initialiser = TensorProto.newBuilder().setName(name).setDataType(INT64);
        tensor.shape().dims().forEach(initialiser::addDims);
        for (long value : tensor.toLongs()) {
            initialiser.addInt64Data(value);
        }
        return initialiser.build();
    }

    private static ValueInfoProto input(String name, int element, int[] dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int dim : dims) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(element)
                                .setShape(shape)))
                .build();
    }
}
