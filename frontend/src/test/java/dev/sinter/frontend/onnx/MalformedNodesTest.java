package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.ModelFaults.fails;
import static dev.sinter.frontend.onnx.OnnxBuilder.ints;
import static dev.sinter.frontend.onnx.OnnxBuilder.number;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static dev.sinter.frontend.onnx.OnnxBuilder.text;

import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.ir.diag.Code;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What can be wrong with one node, its attributes, operands and outputs, and what the message says.
@NullMarked
class MalformedNodesTest {
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
}
