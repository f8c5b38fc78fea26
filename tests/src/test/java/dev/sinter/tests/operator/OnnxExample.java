package dev.sinter.tests.operator;

import dev.sinter.frontend.Model;
import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.onnx.proto.OperatorSetIdProto;
import dev.sinter.frontend.onnx.proto.TensorShapeProto;
import dev.sinter.frontend.onnx.proto.TypeProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import dev.sinter.ir.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// An ONNX model of one node.
///
/// @param inputs the shapes of its inputs
/// @param elements ONNX's numbers for their element types
@NullMarked
record OnnxExample(
        String operator, long opset, List<int[]> inputs, List<Integer> elements, List<AttributeProto> attributes) {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int BOOL = 9;
    private static final String BOOL_PREFIX = "bool ";
    private static final int FLOAT_ATTRIBUTE = 1;
    private static final int INT_ATTRIBUTE = 2;
    private static final int INTS_ATTRIBUTE = 7;

    /// @param inputs extents, inputs apart by a bar: `1,3,5,5 | 4,3,3,3`; float32, unless `bool` stands before
    static OnnxExample of(String operator, long opset, String inputs, AttributeProto... attributes) {
        List<int[]> shapes = new ArrayList<>();
        List<Integer> elements = new ArrayList<>();
        for (String input : inputs.split("\\|", -1)) {
            String shape = input.strip();
            elements.add(shape.startsWith(BOOL_PREFIX) ? BOOL : FLOAT);
            shapes.add(java.util.Arrays.stream(shape.replace(BOOL_PREFIX, "").split(","))
                    .mapToInt(Integer::parseInt)
                    .toArray());
        }
        return new OnnxExample(operator, opset, shapes, elements, List.of(attributes));
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
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(operator).addOutput("y").addAllAttribute(attributes);
        for (int i = 0; i < inputs.size(); i++) {
            graph.addInput(input("x" + i, elements.get(i), inputs.get(i)));
            node.addInput("x" + i);
        }
        TypeProto output = TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(yielded()))
                .build();
        graph.addNode(node).addOutput(ValueInfoProto.newBuilder().setName("y").setType(output));
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .setGraph(graph)
                .build();
        return Model.parse(model.toByteArray(), operator).graph();
    }

    /// ONNX's number for the elements of its output.
    private int yielded() {
        return operator.equals("NonMaxSuppression") || operator.equals("NonZero") ? INT64 : FLOAT;
    }

    private static ValueInfoProto input(String name, int element, int[] dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int dim : dims) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(element).setShape(shape)))
                .build();
    }
}
