package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.OnnxBuilder.integer;
import static dev.sinter.frontend.onnx.OnnxBuilder.ints;
import static dev.sinter.frontend.onnx.OnnxBuilder.number;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static dev.sinter.frontend.onnx.OnnxBuilder.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.onnx.proto.OperatorSetIdProto;
import dev.sinter.frontend.onnx.proto.SparseTensorProto;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.frontend.onnx.proto.TypeProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Every way in which a model can be wrong, once, and what the message says.
@NullMarked
class MalformedModelsTest {
    private static CompileException fails(Code code, String says, Executable action) {
        CompileException fault = assertThrows(CompileException.class, action);
        assertEquals(code, fault.code(), fault.getMessage());
        assertTrue(String.valueOf(fault.getMessage()).contains(says), fault.getMessage());
        return fault;
    }

    private static OnnxBuilder relu() {
        return opset(18).input("x", 1, 3).node("Relu", "x", "y").output("y");
    }

    private static void parse(ModelProto.Builder model) {
        OnnxModel.parse(model.build().toByteArray(), "test").graph();
    }

    @Test
    void a_valid_model_is_imported() {
        Graph graph = relu().graph();
        assertEquals("[%y: f32[1,3]]", graph.outputs().toString());
    }

    @Test
    void an_empty_file_is_said_to_be_empty() {
        fails(Code.ONNX_FORMAT, "is empty", () -> OnnxModel.parse(new byte[0], "test"));
    }

    @Test
    void other_kinds_of_files_are_recognised() {
        byte[] jpeg = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0};
        fails(Code.ONNX_FORMAT, "a JPEG picture", () -> OnnxModel.parse(jpeg, "test"));
        byte[] letter = "Dear model,\nplease classify this.\n".getBytes(StandardCharsets.UTF_8);
        fails(Code.ONNX_FORMAT, "plain text", () -> OnnxModel.parse(letter, "test"));
        byte[] pointer = "version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.UTF_8);
        fails(Code.ONNX_FORMAT, "Git LFS", () -> OnnxModel.parse(pointer, "test"));
    }

    @Test
    void a_truncated_file_names_its_length() {
        byte[] whole = relu().floats("w", 100).message().build().toByteArray();
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        fails(Code.ONNX_FORMAT, "after " + half.length + " bytes", () -> OnnxModel.parse(half, "test"));
    }

    @Test
    void a_message_without_a_graph_is_no_model() {
        fails(
                Code.ONNX_FORMAT,
                "holds no graph",
                () -> parse(ModelProto.newBuilder().setIrVersion(8)));
    }

    @Test
    void nesting_beyond_all_sense_is_refused() {
        GraphProto.Builder graph = GraphProto.newBuilder();
        for (int depth = 0; depth < 60; depth++) {
            AttributeProto attribute = AttributeProto.newBuilder()
                    .setName("body")
                    .setType(5)
                    .setG(graph)
                    .build();
            graph = GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder().setOpType("Loop").addAttribute(attribute));
        }
        ModelProto.Builder model = relu().message().setGraph(graph);
        fails(Code.ONNX_FORMAT, "nest", () -> parse(model));
    }

    @Test
    void opsets_beyond_the_known_are_refused() {
        fails(
                Code.ONNX_OPSET,
                "opset 99",
                () -> opset(99).input("x", 1).output("x").graph());
        fails(
                Code.ONNX_OPSET,
                "opset 0",
                () -> opset(0).input("x", 1).output("x").graph());
        fails(Code.ONNX_OPSET, "no opset", () -> parse(relu().message().clearOpsetImport()));
    }

    @Test
    void an_unknown_operator_names_the_nearest() {
        fails(
                Code.ONNX_OPERATOR,
                "did you mean Relu",
                () -> opset(18).input("x", 1).node("Relo", "x", "y").output("y").graph());
    }

    @Test
    void all_unknown_operators_are_listed_at_once() {
        OnnxBuilder model = opset(18)
                .input("x", 1)
                .node("Foo", "x", "y")
                .node("Bar", "y", "z")
                .output("z");
        fails(Code.ONNX_OPERATOR, "Bar, Foo", model::graph);
    }

    @Test
    void an_operator_of_another_domain_is_not_mistaken_for_a_standard_one() {
        ModelProto.Builder model = relu().message();
        model.getGraphBuilder().getNodeBuilder(0).setDomain("com.microsoft");
        model.addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1));
        fails(Code.ONNX_OPERATOR, "com.microsoft.Relu", () -> parse(model));
    }

    @Test
    void control_flow_is_not_supported() {
        AttributeProto branch = AttributeProto.newBuilder()
                .setName("then_branch")
                .setType(5)
                .setG(GraphProto.newBuilder())
                .build();
        fails(
                Code.ONNX_OPERATOR,
                "a graph of its own",
                () -> opset(18)
                        .input("x", 1)
                        .node("If", "x", "y", branch)
                        .output("y")
                        .graph());
    }

    @Test
    void an_operator_outside_its_opsets_says_which_they_are() {
        fails(
                Code.ONNX_OPSET,
                "opsets 8 to",
                () -> opset(7).input("x", 1)
                        .integers("s", 2)
                        .node("Expand", "x s", "y")
                        .output("y")
                        .graph());
    }

    @Test
    void names_that_nothing_defines_are_reported_with_the_nearest() {
        fails(
                Code.GRAPH_UNKNOWN_VALUE,
                "did you mean image",
                () -> opset(18)
                        .input("image", 1)
                        .node("Relu", "imago", "y")
                        .output("y")
                        .graph());
        fails(Code.GRAPH_UNKNOWN_VALUE, "reads 'z'", () -> relu().output("z").graph());
    }

    @Test
    void a_name_that_is_defined_twice_is_reported() {
        fails(Code.GRAPH_DUPLICATE, "'y'", () -> relu().node("Abs", "x", "y").graph());
        fails(Code.GRAPH_DUPLICATE, "two inputs 'x'", () -> relu().input("x", 1).graph());
        fails(
                Code.GRAPH_DUPLICATE,
                "two initialisers 'w'",
                () -> relu().floats("w", 1).floats("w", 1).graph());
        fails(Code.GRAPH_DUPLICATE, "two outputs 'y'", () -> relu().output("y").graph());
    }

    @Test
    void a_cycle_names_its_nodes() {
        OnnxBuilder model = opset(18)
                .input("x", 1)
                .node("Add", "x b", "a")
                .node("Relu", "a", "b")
                .output("b");
        fails(Code.GRAPH_CYCLE, "b (Relu) -> a (Add)", model::graph);
    }

    @Test
    void a_graph_without_outputs_is_reported() {
        fails(Code.GRAPH_STRUCTURE, "no outputs", () -> opset(18).input("x", 1).graph());
    }

    @Test
    void a_value_without_name_or_type_is_reported() {
        ModelProto.Builder unnamed = relu().message();
        unnamed.getGraphBuilder().getInputBuilder(0).clearName();
        fails(Code.ONNX_FORMAT, "without a name", () -> parse(unnamed));
        ModelProto.Builder untyped = relu().message();
        untyped.getGraphBuilder().getInputBuilder(0).clearType();
        fails(Code.ONNX_FORMAT, "without a type", () -> parse(untyped));
    }

    @Test
    void values_that_are_no_tensors_are_not_supported() {
        TypeProto sequence = TypeProto.newBuilder()
                .setSequenceType(TypeProto.Other.getDefaultInstance())
                .build();
        ModelProto.Builder model = relu().message();
        model.getGraphBuilder()
                .addInput(ValueInfoProto.newBuilder().setName("list").setType(sequence));
        fails(Code.ONNX_TENSOR, "as sequence", () -> parse(model));
    }

    @Test
    void inputs_of_unsupported_elements_are_refused() {
        fails(
                Code.ONNX_TENSOR,
                "string",
                () -> relu().input(DataType.STRING.number(), "s", 1).graph());
        fails(Code.ONNX_TENSOR, "number 77", () -> relu().input(77, "s", 1).graph());
    }

    @Test
    void declared_shapes_that_contradict_are_shown_with_the_inferred() {
        CompileException fault = fails(
                Code.GRAPH_TYPE_CLAIM,
                "f32[1,4]",
                () -> relu().declare("y", 1, 4).graph());
        assertTrue(fault.fact().contains("f32[1,3]"), fault.fact());
        relu().declare("y", "N", 3).graph();
    }

    @Test
    void attributes_of_the_wrong_type_are_reported_with_both() {
        fails(
                Code.ONNX_ATTRIBUTE,
                "is float but int is expected",
                () -> opset(18)
                        .input("x", 1, 3)
                        .node("Flatten", "x", "y", number("axis", 1))
                        .output("y")
                        .graph());
    }

    @Test
    void unknown_repeated_or_missing_attributes_are_reported() {
        fails(
                Code.ONNX_ATTRIBUTE,
                "'alpha' is not known",
                () -> opset(18)
                        .input("x", 1)
                        .node("Relu", "x", "y", number("alpha", 1))
                        .output("y")
                        .graph());
        fails(
                Code.ONNX_ATTRIBUTE,
                "given twice",
                () -> opset(18)
                        .input("x", 1)
                        .node("Elu", "x", "y", number("alpha", 1), number("alpha", 2))
                        .output("y")
                        .graph());
        fails(
                Code.ONNX_ATTRIBUTE,
                "'axis' is missing",
                () -> opset(18)
                        .input("x", 1)
                        .node("Concat", "x x", "y")
                        .output("y")
                        .graph());
        fails(
                Code.ONNX_ATTRIBUTE,
                "'SAME' but one of",
                () -> opset(18)
                        .input("x", 1, 1, 4, 4)
                        .node("MaxPool", "x", "y", ints("kernel_shape", 2, 2), text("auto_pad", "SAME"))
                        .output("y")
                        .graph());
    }

    @Test
    void operands_too_few_or_too_many_are_reported() {
        fails(
                Code.OPERANDS,
                "input 1 (B) is missing",
                () -> opset(18).input("x", 1).node("Add", "x", "y").output("y").graph());
        fails(
                Code.OPERANDS,
                "input 1 is not known",
                () -> opset(18)
                        .input("x", 1)
                        .node("Relu", "x x", "y")
                        .output("y")
                        .graph());
    }

    @Test
    void outputs_that_are_not_made_may_be_named_but_not_read() {
        OnnxBuilder model = opset(18)
                .input("x", 1, 1, 4, 4)
                .node("MaxPool", "x", "y indices", ints("kernel_shape", 2, 2))
                .output("y");
        model.graph();
        fails(
                Code.ONNX_OPERATOR,
                "output 1 of y (MaxPool",
                () -> model.output("indices").graph());
    }

    @Test
    void outputs_too_many_or_too_few_are_reported() {
        fails(
                Code.OPERANDS,
                "has 3 outputs but yields 1 to 2",
                () -> opset(18)
                        .input("x", 1, 1, 4, 4)
                        .node("MaxPool", "x", "y indices more", ints("kernel_shape", 2, 2))
                        .output("y")
                        .graph());
        fails(
                Code.OPERANDS,
                "has 0 outputs but yields 1",
                () -> opset(18).input("x", 1).node("Relu", "x", "").output("x").graph());
        fails(
                Code.GRAPH_DUPLICATE,
                "defines 'y'",
                () -> opset(18)
                        .input("x", 1, 1, 4, 4)
                        .node("MaxPool", "x", "y y", ints("kernel_shape", 2, 2))
                        .output("y")
                        .graph());
    }

    @Test
    void a_gradient_has_an_output_for_each_of_its_variables() {
        OnnxBuilder model = opset(18).input("x", 1).node("Relu", "x", "y").output("y");
        NodeProto.Builder gradient = model.message()
                .getGraphBuilder()
                .addNodeBuilder()
                .setDomain("ai.onnx.preview.training")
                .setOpType("Gradient")
                .addInput("x")
                .addAttribute(
                        AttributeProto.newBuilder().setName("xs").setType(8).addStrings(ByteString.copyFromUtf8("x")))
                .addAttribute(text("y", "y"));
        gradient.addOutput("dx").addOutput("du");
        fails(Code.OPERANDS, "has 2 outputs but xs names 1: [x]", () -> model.graph());
        gradient.clearOutput().addOutput("y");
        fails(Code.GRAPH_DUPLICATE, "defines 'y'", () -> model.graph());
    }

    @Test
    void initialisers_that_are_declared_otherwise_are_shown_with_both() {
        OnnxBuilder model = opset(8).input("x", 1, 3, 8, 8)
                .input("w", 3, 3, 5, 5)
                .floats("w", 3, 3, 3, 3)
                .node("Conv", "x w", "y")
                .output("y");
        CompileException fault =
                fails(Code.GRAPH_TYPE_CLAIM, "is f32[3,3,3,3] but the model declares", () -> model.graph());
        assertTrue(fault.fact().contains("5"), fault.fact());
        fails(
                Code.GRAPH_TYPE_CLAIM,
                "is f32[3] but the model declares",
                () -> opset(18)
                        .input("x", 3)
                        .floats("w", 3)
                        .declare("w", 4)
                        .node("Add", "x w", "y")
                        .output("y")
                        .graph());
        fails(
                Code.GRAPH_TYPE_CLAIM,
                "is i64[1] but the model declares",
                () -> opset(8).input("x", 3)
                        .input("s", 1)
                        .integers("s", 3)
                        .node("Reshape", "x s", "y")
                        .output("y")
                        .graph());
    }

    @Test
    void shapes_of_absurd_length_are_shown_in_part() {
        long[] shape = new long[20_000];
        Arrays.fill(shape, 1);
        CompileException fault = fails(
                Code.SHAPE_RANK,
                "… (20000 entries)",
                () -> opset(18)
                        .input("x", 1)
                        .integers("s", shape)
                        .node("Reshape", "x s", "y")
                        .output("y")
                        .graph());
        assertTrue(String.valueOf(fault.getMessage()).length() < 300, fault.getMessage());
        fails(
                Code.SHAPE_RANK,
                "has rank 1000 but at most 32",
                () -> opset(18)
                        .input("x", Collections.nCopies(1000, 1).toArray())
                        .node("Relu", "x", "y")
                        .output("y")
                        .graph());
    }

    @Test
    void training_is_not_supported() {
        OnnxBuilder model = opset(15).input("x", 1, 2, 4).floats("c", 2);
        fails(
                Code.ONNX_OPERATOR,
                "training",
                () -> model.node("BatchNormalization", "x c c c c", "y m v", integer("training_mode", 1))
                        .output("y")
                        .graph());
    }

    @Test
    void windows_of_absurd_size_do_not_overflow() {
        fails(
                Code.ONNX_ATTRIBUTE,
                "kernel_shape",
                () -> opset(18)
                        .input("x", 1, 1, 4, 4)
                        .node("MaxPool", "x", "y", ints("kernel_shape", Long.MAX_VALUE, 2))
                        .output("y")
                        .graph());
        fails(
                Code.ATTRIBUTE,
                "more than 16777216 points",
                () -> opset(18)
                        .input("x", 1, 1, 4, 4)
                        .node("MaxPool", "x", "y", ints("kernel_shape", Integer.MAX_VALUE, 2))
                        .output("y")
                        .graph());
    }

    @Test
    void constants_beyond_memory_are_refused_before_they_are_made() {
        fails(
                Code.ONNX_TENSOR,
                "an import may make",
                () -> opset(18)
                        .integers("s", 1500, 1L << 20)
                        .node("ConstantOfShape", "s", "y")
                        .output("y")
                        .graph());
        fails(
                Code.SHAPE_ELEMENTS,
                "85070591730234615847396907784232501249 elements",
                () -> opset(18)
                        .integers("s", Long.MAX_VALUE, Long.MAX_VALUE)
                        .node("ConstantOfShape", "s", "y")
                        .output("y")
                        .graph());
    }

    @Test
    void inputs_beyond_memory_are_refused() {
        fails(
                Code.SHAPE_ELEMENTS,
                "1152921504606846976 elements but at most",
                () -> opset(18).input("x", 1L << 40, 1L << 20).output("x").graph());
    }

    @Test
    void sparse_tensors_are_not_supported() {
        ModelProto.Builder model = relu().message();
        TensorProto values = TensorProto.newBuilder().setName("holes").build();
        model.getGraphBuilder()
                .addSparseInitializer(SparseTensorProto.newBuilder().setValues(values));
        fails(Code.ONNX_TENSOR, "'holes'", () -> parse(model));
    }

    @Test
    void faults_of_shapes_name_the_onnx_node() {
        CompileException fault = fails(
                Code.SHAPE_CHANNELS,
                "5 channels",
                () -> opset(18)
                        .input("x", 1, 5, 8, 8)
                        .floats("w", 4, 3, 3, 3)
                        .node("Conv", "x w", "features")
                        .output("features")
                        .graph());
        assertEquals("features (Conv, opset 18)", fault.where());
    }

    @Test
    void attributes_of_functions_are_out_of_place() {
        AttributeProto reference = AttributeProto.newBuilder()
                .setName("alpha")
                .setType(1)
                .setRefAttrName("outer")
                .build();
        fails(
                Code.ONNX_ATTRIBUTE,
                "'outer' of a function",
                () -> opset(18)
                        .input("x", 1)
                        .node("Elu", "x", "y", reference)
                        .output("y")
                        .graph());
    }

    @Test
    void text_in_a_tensor_is_not_supported() {
        TensorProto words = TensorProto.newBuilder()
                .setName("w")
                .setDataType(DataType.STRING.number())
                .addStringData(ByteString.copyFromUtf8("hello"))
                .addDims(1)
                .build();
        fails(
                Code.ONNX_TENSOR,
                "elements of type string",
                () -> relu().initialiser(words).graph());
    }
}
