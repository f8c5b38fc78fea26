package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.ModelFaults.fails;
import static dev.sinter.frontend.onnx.ModelFaults.parse;
import static dev.sinter.frontend.onnx.ModelFaults.relu;
import static dev.sinter.frontend.onnx.OnnxBuilder.integer;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;

import com.google.protobuf.ByteString;
import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.OperatorSetIdProto;
import dev.sinter.frontend.onnx.proto.SparseTensorProto;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.frontend.onnx.proto.TypeProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import dev.sinter.ir.diag.Code;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What ONNX knows and this importer does not, and what the message says.
@NullMarked
class UnsupportedModelsTest {
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
    void a_branch_is_known_before_the_network_runs() {
        AttributeProto branch = AttributeProto.newBuilder()
                .setName("then_branch")
                .setType(5)
                .setG(GraphProto.newBuilder())
                .build();
        fails(
                Code.ONNX_DYNAMIC,
                "cond must be known before the network runs",
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
    void elements_are_not_dropped_at_random() {
        OnnxBuilder model = opset(15).input("x", 1, 2, 4);
        TensorProto training = TensorProto.newBuilder()
                .setName("training")
                .setDataType(DataType.BOOL.number())
                .addInt32Data(1)
                .build();
        fails(
                Code.ONNX_OPERATOR,
                "training",
                () -> model.initialiser(training)
                        .node("Dropout", "x - training", "y")
                        .output("y")
                        .graph());
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
