package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.OnnxBuilder.integer;
import static dev.sinter.frontend.onnx.OnnxBuilder.ints;
import static dev.sinter.frontend.onnx.OnnxBuilder.number;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static dev.sinter.frontend.onnx.OnnxBuilder.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Operators of other domains, and those that were experiments of ONNX's first opsets.
@NullMarked
class ForeignOperatorsTest {
    private static final String MICROSOFT = "com.microsoft.";

    private static String printed(OnnxBuilder model) {
        return model.graph().nodes().stream().map(GraphPrinter::print).collect(Collectors.joining("\n", "", "\n"));
    }

    private static AttributeProto numbers(String name, float... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(6);
        for (float value : values) {
            attribute.addFloats(value);
        }
        return attribute.build();
    }

    private static float[] run(OnnxBuilder model, Map<String, Tensor> inputs) {
        Graph graph = model.graph();
        return Objects.requireNonNull(Interpreter.run(graph, inputs).get("y")).toFloats();
    }

    private static Tensor x(float... values) {
        return Tensor.ofFloats(Shape.of(values.length), values);
    }

    private static float[] map(OnnxBuilder model, float... values) {
        return run(model.output("y"), Map.of("x", x(values)));
    }

    private static OnnxBuilder one(String operator, long opset, AttributeProto... attributes) {
        return opset(opset).input("x", 3).node(operator, "x", "y", attributes);
    }

    @Test
    void a_fused_convolution_adds_before_its_activation() {
        assertEquals(
                """
                %y/conv: f32[1,2,3,3] = conv(%x, %w, %b)
                %y/add: f32[1,2,3,3] = add(%y/conv, %z)
                %y: f32[1,2,3,3] = relu(%y/add)
                """,
                printed(opset(13)
                                .input("x", 1, 3, 4, 4)
                                .input("z", 1, 2, 3, 3)
                                .floats("w", 2, 3, 2, 2)
                                .floats("b", 2)
                                .node(MICROSOFT + "FusedConv", "x w b z", "y", text("activation", "Relu"))
                                .output("y"))
                        .replaceAll(" strides=.*", ""));
    }

    @Test
    void activations_of_fused_operators_have_parameters() {
        OnnxBuilder model = opset(13)
                .input("x", 1, 1, 1, 3)
                .initialiser(OnnxBuilder.tensor("w", OnnxBuilder.FLOAT, 1).toBuilder()
                        .clearDims()
                        .addAllDims(List.of(1L, 1L, 1L, 1L))
                        .build())
                .node(
                        MICROSOFT + "FusedConv",
                        "x w",
                        "y",
                        text("activation", "Clip"),
                        numbers("activation_params", -1, 2))
                .output("y");
        Tensor x = Tensor.ofFloats(Shape.of(1, 1, 1, 3), -3, 0.5f, 4);
        assertArrayEquals(new float[] {-1, 0.5f, 2}, run(model, Map.of("x", x)));
    }

    @Test
    void an_activation_that_is_not_known_is_refused() {
        CompileException fault = assertThrows(
                CompileException.class,
                () -> opset(13)
                        .input("x", 1, 3, 4, 4)
                        .floats("w", 2, 3, 2, 2)
                        .node(MICROSOFT + "FusedConv", "x w", "y", text("activation", "Wobble"))
                        .output("y")
                        .graph());
        assertEquals(Code.ONNX_ATTRIBUTE, fault.code());
    }

    @Test
    void a_fused_product_transposes_and_scales() {
        OnnxBuilder model = opset(13)
                .input("a", 2, 2)
                .input("b", 2, 2)
                .node(
                        MICROSOFT + "FusedMatMul",
                        "a b",
                        "y",
                        integer("transA", 1),
                        integer("transB", 0),
                        number("alpha", 0.5f))
                .output("y");
        Tensor a = Tensor.ofFloats(Shape.of(2, 2), 1, 2, 3, 4);
        Tensor b = Tensor.ofFloats(Shape.of(2, 2), 1, 0, 0, 2);
        assertArrayEquals(new float[] {0.5f, 3, 1, 4}, run(model, Map.of("a", a, "b", b)));
    }

    @Test
    void batches_of_a_fused_product_may_come_after_the_rows() {
        String printed = printed(opset(13)
                .input("a", 4, 2, 3)
                .input("b", 2, 3, 5)
                .node(MICROSOFT + "FusedMatMul", "a b", "y", integer("transBatchA", 1))
                .output("y"));
        assertEquals("""
            %y/transpose: f32[2,4,3] = transpose(%a) permutation=[1,0,2]
            %y: f32[2,4,5] = matmul(%y/transpose, %b)
            """, printed);
    }

    @Test
    void a_fused_gemm_has_its_activation() {
        OnnxBuilder model = opset(13)
                .input("a", 1, 2)
                .input("b", 2, 2)
                .input("c", 2)
                .node(
                        MICROSOFT + "FusedGemm",
                        "a b c",
                        "y",
                        text("activation", "LeakyRelu"),
                        number("activation_alpha", 0.5f))
                .output("y");
        Map<String, Tensor> inputs = Map.of(
                "a", Tensor.ofFloats(Shape.of(1, 2), 1, 2),
                "b", Tensor.ofFloats(Shape.of(2, 2), 1, -2, 3, -4),
                "c", x(1, 2));
        assertArrayEquals(new float[] {8, -4}, run(model, inputs));
    }

    @Test
    void gelus_are_those_of_their_definitions() {
        float[] x = {-1, 0, 2};
        assertArrayEquals(new float[] {-0.15865526f, 0, 1.9544997f}, map(one(MICROSOFT + "Gelu", 13), x), 1e-6f);
        assertArrayEquals(new float[] {-0.15880801f, 0, 1.9545977f}, map(one(MICROSOFT + "FastGelu", 13), x), 1e-6f);
        float quick = (float) (2 / (1 + Math.exp(-1.702 * 2)));
        assertArrayEquals(
                new float[] {(float) (-1 / (1 + Math.exp(1.702))), 0, quick},
                map(one(MICROSOFT + "QuickGelu", 13), x),
                1e-6f);
    }

    @Test
    void a_bias_is_added_before_gelu() {
        OnnxBuilder model = opset(13)
                .input("x", 2, 3)
                .input("b", 3)
                .node(MICROSOFT + "BiasGelu", "x b", "y")
                .output("y");
        Tensor x = Tensor.ofFloats(Shape.of(2, 3), 0, 0, 0, 0, 0, 0);
        float[] y = run(model, Map.of("x", x, "b", x(-1, 0, 2)));
        assertArrayEquals(new float[] {-0.15865526f, 0, 1.9544997f, -0.15865526f, 0, 1.9544997f}, y, 1e-6f);
    }

    @Test
    void an_operator_of_another_domain_is_refused_by_its_whole_name() {
        CompileException fault = assertThrows(
                CompileException.class,
                () -> one("com.example.Relu", 13).output("y").graph());
        assertEquals(Code.ONNX_OPERATOR, fault.code());
        assertTrue(fault.fact().contains("com.example.Relu"), fault.fact());
    }

    @Test
    void lines_and_scaled_functions_are_those_of_the_experiments() {
        float[] x = {-1, 0, 2};
        assertArrayEquals(
                new float[] {-1.5f, 0.5f, 4.5f}, map(one("Affine", 6, number("alpha", 2), number("beta", 0.5f)), x));
        assertArrayEquals(new float[] {-3, 0, 6}, map(one("Scale", 6, number("scale", 3)), x));
        assertArrayEquals(
                new float[] {(float) (2 * Math.tanh(-0.5)), 0, (float) (2 * Math.tanh(1))},
                map(one("ScaledTanh", 6, number("alpha", 2), number("beta", 0.5f)), x),
                1e-6f);
        assertArrayEquals(
                new float[] {
                    (float) (3 * Math.log1p(Math.exp(-2))),
                    (float) (3 * Math.log(2)),
                    (float) (3 * Math.log1p(Math.exp(4)))
                },
                map(one("ParametricSoftplus", 6, number("alpha", 3), number("beta", 2)), x),
                1e-5f);
        assertArrayEquals(new float[] {0, 0, 2}, map(one("ThresholdedRelu", 6, number("alpha", 1)), x));
    }

    @Test
    void an_image_is_scaled_and_each_channel_gets_its_bias() {
        OnnxBuilder model = opset(8).input("x", 1, 2, 1, 2)
                .node("ImageScaler", "x", "y", number("scale", 2), numbers("bias", -1, 3))
                .output("y");
        Tensor x = Tensor.ofFloats(Shape.of(1, 2, 1, 2), 1, 2, 3, 4);
        assertArrayEquals(new float[] {1, 3, 9, 11}, run(model, Map.of("x", x)));
    }

    @Test
    void an_image_is_cropped_by_borders_or_to_a_size() {
        Tensor x = Tensor.ofFloats(Shape.of(1, 1, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        OnnxBuilder borders = opset(6).input("x", 1, 1, 3, 3)
                .node("Crop", "x", "y", ints("border", 1, 0, 0, 1))
                .output("y");
        assertArrayEquals(new float[] {2, 3, 5, 6}, run(borders, Map.of("x", x)));
        OnnxBuilder size = opset(6).input("x", 1, 1, 3, 3)
                .node("Crop", "x", "y", ints("border", 1, 1, 0, 0), ints("scale", 2, 1))
                .output("y");
        assertArrayEquals(new float[] {5, 8}, run(size, Map.of("x", x)));
        CompileException fault = assertThrows(
                CompileException.class,
                () -> opset(6).input("x", 1, 1, 3, 3)
                        .node("Crop", "x", "y", ints("border", 2, 0, 2, 0))
                        .output("y")
                        .graph());
        assertEquals(Code.ONNX_ATTRIBUTE, fault.code());
    }

    @Test
    void a_fully_connected_layer_flattens_what_it_reads() {
        OnnxBuilder model = opset(3).input("x", 1, 2, 1)
                .input("w", 2, 2)
                .input("b", 2)
                .node("FC", "x w b", "y")
                .output("y");
        Map<String, Tensor> inputs = Map.of(
                "x", Tensor.ofFloats(Shape.of(1, 2, 1), 1, 2),
                "w", Tensor.ofFloats(Shape.of(2, 2), 1, 2, 3, 4),
                "b", x(10, 20));
        assertArrayEquals(new float[] {15, 31}, run(model, inputs));
    }

    @Test
    void tensors_are_filled_as_attributes_say() {
        OnnxBuilder constant = opset(6).input("x", 2, 2)
                .node("ConstantFill", "x", "c", number("value", 3), ints("extra_shape", 1))
                .node("Identity", "c", "y")
                .output("y");
        assertArrayEquals(
                new float[] {3, 3, 3, 3}, run(constant, Map.of("x", Tensor.ofFloats(Shape.of(2, 2), 0, 0, 0, 0))));
        OnnxBuilder given = opset(6).input("x", 3)
                .node("GivenTensorFill", "", "c", numbers("values", 1, 2, 3), ints("shape", 3))
                .node("Add", "x c", "y");
        assertArrayEquals(new float[] {2, 3, 4}, map(given, 1, 1, 1));
        CompileException fault = assertThrows(
                CompileException.class,
                () -> opset(6).node("GivenTensorFill", "", "y", numbers("values", 1, 2, 3), ints("shape", 4))
                        .output("y")
                        .graph());
        assertEquals(Code.ONNX_ATTRIBUTE, fault.code());
    }

    @Test
    void means_and_variances_are_taken_over_images_or_over_channels_too() {
        Tensor x = Tensor.ofFloats(Shape.of(1, 2, 1, 2), 1, 3, 10, 20);
        OnnxBuilder each = opset(6).input("x", 1, 2, 1, 2)
                .node("MeanVarianceNormalization", "x", "y")
                .output("y");
        assertArrayEquals(new float[] {-1, 1, -1, 1}, run(each, Map.of("x", x)), 1e-6f);
        OnnxBuilder across = opset(6).input("x", 1, 2, 1, 2)
                .node(
                        "MeanVarianceNormalization",
                        "x",
                        "y",
                        integer("across_channels", 1),
                        integer("normalize_variance", 0))
                .output("y");
        assertArrayEquals(new float[] {-7.5f, -5.5f, 1.5f, 11.5f}, run(across, Map.of("x", x)), 1e-6f);
    }
}
