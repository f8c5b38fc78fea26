package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.ModelFaults.fails;
import static dev.sinter.frontend.onnx.ModelFaults.parse;
import static dev.sinter.frontend.onnx.ModelFaults.relu;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static dev.sinter.frontend.onnx.OnnxBuilder.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// How names, values and their types can contradict each other, and what the message says.
@NullMarked
class MalformedGraphsTest {
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
    void declared_shapes_that_contradict_are_shown_with_the_inferred() {
        CompileException fault = fails(
                Code.GRAPH_TYPE_CLAIM,
                "f32[1,4]",
                () -> relu().declare("y", 1, 4).graph());
        assertTrue(fault.fact().contains("f32[1,3]"), fault.fact());
        relu().declare("y", "N", 3).graph();
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
}
