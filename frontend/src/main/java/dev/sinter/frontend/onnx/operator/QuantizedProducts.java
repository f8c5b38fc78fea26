package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.Quantizing;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.MatMul;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Matrix products of ONNX Runtime's on quantised numbers.
final class QuantizedProducts {

    static final List<Row> ROWS = List.of(
            Row.of(FusedOperators.DOMAIN + "QuantizeLinear", Quantization::quantize),
            Row.of(FusedOperators.DOMAIN + "DequantizeLinear", Quantization::dequantize),
            Row.of(FusedOperators.DOMAIN + "QLinearConv", IntegerProducts::quantizedConv),
            Row.of(FusedOperators.DOMAIN + "QGemm", QuantizedProducts::gemm),
            Row.of(FusedOperators.DOMAIN + "MatMulIntegerToFloat", QuantizedProducts::matMulToFloat),
            Row.of(FusedOperators.DOMAIN + "DynamicQuantizeMatMul", QuantizedProducts::dynamicMatMul));

    private QuantizedProducts() {}

    /// A, a_scale, a_zero_point, B, b_scale, b_zero_point, C, y_scale, y_zero_point. C is of integers, in units of the
    /// product's scale; without y_scale the result is of real numbers.
    private static Operand gemm(OnnxNode node) {
        Operand a = node.input(0, "A");
        Operand b = node.input(3, "B");
        boolean transposeA = node.attributes().flag("transA", false);
        boolean transposeB = node.attributes().flag("transB", false);
        double alpha = node.attributes().number("alpha", 1);
        Optional<Operand> aZero = Optional.of(Quantizing.single(node, node.input(2, "a_zero_point"), "a_zero_point"));
        Optional<Operand> bZero = Optional.of(ofOutputs(node, 5, "b_zero_point", b, transposeB));
        List<Operand> operands = new ArrayList<>();
        operands.add(Quantizing.centred(node, a, aZero));
        operands.add(Quantizing.centred(node, b, bZero));
        node.optional(6).ifPresent(operands::add);
        Operand sum = Quantizing.toFloat(node, node.apply(new Gemm(1, 1, transposeA, transposeB), operands));
        Operand aScale = Quantizing.single(node, node.input(1, "a_scale"), "a_scale");
        Operand scales = Quantizing.times(
                node, aScale, IntegerProducts.ofColumns(node, node.input(4, "b_scale"), sum, "b_scale"));
        Operand scale = Activations.times(node, scales, alpha);
        Optional<Operand> yScale = node.optional(7).map(operand -> Quantizing.single(node, operand, "y_scale"));
        if (yScale.isEmpty()) {
            node.declare(0, DataType.FLOAT);
            return Quantizing.times(node, sum, scale);
        }
        DataType to = node.optional(8).isPresent() ? node.declared(8) : node.declared(0);
        node.declare(0, to);
        Operand factor = Quantizing.dividedBy(node, scale, yScale.get());
        Optional<Operand> zero = node.optional(8).map(operand -> Quantizing.single(node, operand, "y_zero_point"));
        return Quantizing.toQuantized(node, Quantizing.times(node, sum, factor), zero, to, true);
    }

    /// A parameter of the right matrix: one number, or one for each column of the product, which is a row of it where
    /// it is transposed.
    private static Operand ofOutputs(OnnxNode node, int i, String what, Operand matrix, boolean transposed) {
        return IntegerProducts.along(
                node, node.input(i, what), transposed ? 0 : 1, matrix.type().shape(), what);
    }

    /// A, B, a_scale, b_scale, a_zero_point, b_zero_point, bias.
    private static Operand matMulToFloat(OnnxNode node) {
        node.declare(0, DataType.FLOAT);
        Operand a = node.input(0, "A");
        Operand b = node.input(1, "B");
        Optional<Operand> aZero = node.optional(4).map(zero -> IntegerProducts.ofRows(node, zero, a, "a_zero_point"));
        Operand aScale = IntegerProducts.ofRows(node, node.input(2, "a_scale"), a, "a_scale");
        return product(node, Quantizing.centred(node, a, aZero), aScale, b, new Places(3, 5, 6));
    }

    /// A of real numbers, B, b_scale, b_zero_point, bias: A is quantised as DynamicQuantizeLinear does.
    private static Operand dynamicMatMul(OnnxNode node) {
        Quantization.Dynamic a = Quantization.dynamic(node, node.input(0, "A"));
        Operand centred = Quantizing.centred(node, a.numbers(), Optional.of(a.zeroPoint()));
        node.declare(0, DataType.FLOAT);
        return product(node, centred, a.scale(), node.input(1, "B"), new Places(2, 3, 4));
    }

    /// Which inputs B's scale, B's zero point and the bias are.
    private record Places(int scale, int zeroPoint, int bias) {}

    /// The product of centred integers and B in real numbers.
    private static Operand product(OnnxNode node, Operand a, Operand aScale, Operand b, Places places) {
        Optional<Operand> bZero =
                node.optional(places.zeroPoint()).map(zero -> IntegerProducts.ofColumns(node, zero, b, "b_zero_point"));
        Operand sum = node.apply(new MatMul(), a, Quantizing.centred(node, b, bZero));
        Operand bScale = IntegerProducts.ofColumns(node, node.input(places.scale(), "b_scale"), b, "b_scale");
        Operand real = Quantizing.times(node, Quantizing.toFloat(node, sum), Quantizing.times(node, aScale, bScale));
        return node.optional(places.bias())
                .map(bias -> node.apply(Binary.ADD, real, bias))
                .orElse(real);
    }
}
