package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.Quantizing;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.Compare;
import dev.sinter.ir.op.Quantize;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Quantisers of QONNX, which Brevitas exports: numbers of any count of bits, held as floats. Pappalardo et al.,
/// "QONNX: Representing Arbitrary-Precision Quantized Neural Networks", 2022.
final class QonnxOperators {
    /// The newest name of the domain first.
    private static final List<String> DOMAINS =
            List.of("qonnx.custom_op.general.", "finn.custom_op.general.", "onnx.brevitas.");

    static final List<Row> ROWS = DOMAINS.stream()
            .flatMap(domain -> Stream.of(
                    Row.of(domain + "Quant", QonnxOperators::quantise),
                    Row.of(domain + "BipolarQuant", QonnxOperators::bipolar)))
            .toList();

    /// Beyond it floats do not hold every integer.
    private static final long MOST_BITS = 24;

    private static final Binary SUBTRACT = new Binary(Binary.Kind.SUB);
    private static final List<String> ROUNDINGS = List.of("ROUND", "CEIL", "FLOOR");

    private QonnxOperators() {}

    /// The integers of a type.
    private record Limits(double least, double most) {
        static Limits of(boolean signed, boolean narrow, long bits) {
            double count = Math.scalb(1.0, (int) bits);
            if (signed) {
                return new Limits(-count / 2 + (narrow ? 1 : 0), count / 2 - 1);
            }
            return new Limits(0, count - (narrow ? 2 : 1));
        }

        Optional<ElementType> element() {
            return Stream.of(ElementType.UINT8, ElementType.INT8, ElementType.UINT16, ElementType.INT16)
                    .filter(this::fit)
                    .findFirst();
        }

        private boolean fit(ElementType type) {
            double values = Math.scalb(1.0, type.bytes() * Byte.SIZE);
            boolean unsigned = type == ElementType.UINT8 || type == ElementType.UINT16;
            return unsigned ? least >= 0 && most < values : least >= -values / 2 && most < values / 2;
        }
    }

    /// x, scale, zeropt, bitwidth: limited to what there is, then rounded, as the reference does.
    private static Operand quantise(OnnxNode node) {
        node.declare(0, DataType.FLOAT);
        Operand x = node.input(0, "x");
        Operand scale = node.input(1, "scale");
        Operand zero = node.input(2, "zeropt");
        boolean signed = node.attributes().requiredInteger("signed") != 0;
        boolean narrow = node.attributes().requiredInteger("narrow") != 0;
        String rounding = node.attributes().word("rounding_mode", "ROUND", ROUNDINGS);
        long bits = bits(node);
        boolean centred = Quantizing.isZero(zero);
        Operand steps = Quantizing.dividedBy(node, left(node, x), scale);
        if (bits == 1 && signed) {
            return scaled(node, signs(node, shifted(node, steps, zero, centred)), scale, zero, centred);
        }
        Limits limits = Limits.of(signed, narrow, bits);
        if (centred && rounding.equals("ROUND") && limits.element().isPresent()) {
            Quantize quantize = new Quantize(limits.element().get(), (long) limits.least(), (long) limits.most());
            Operand integers = node.apply(new Cast(ElementType.INT32), node.apply(quantize, steps));
            return Quantizing.times(node, Quantizing.toFloat(node, integers), scale);
        }
        Operand limited = node.apply(new Clip(limits.least(), limits.most()), shifted(node, steps, zero, centred));
        Unary.Kind rounded = switch (rounding) {
            case "CEIL" -> Unary.Kind.CEIL;
            case "FLOOR" -> Unary.Kind.FLOOR;
            default -> Unary.Kind.ROUND;
        };
        return scaled(node, node.apply(new Unary(rounded), limited), scale, zero, centred);
    }

    /// Weights are left to passes, which compute on their integers.
    private static Operand left(OnnxNode node, Operand x) {
        return x.type().shape().rank() == 0 ? x : node.unfolded(x);
    }

    private static Operand shifted(OnnxNode node, Operand steps, Operand zero, boolean centred) {
        return centred ? steps : node.apply(Binary.ADD, steps, zero);
    }

    private static Operand scaled(OnnxNode node, Operand numbers, Operand scale, Operand zero, boolean centred) {
        return Quantizing.times(node, centred ? numbers : node.apply(SUBTRACT, numbers, zero), scale);
    }

    /// x, scale: the scale with the sign of x, that of zero being positive.
    private static Operand bipolar(OnnxNode node) {
        node.declare(0, DataType.FLOAT);
        return Quantizing.times(node, signs(node, left(node, node.input(0, "x"))), node.input(1, "scale"));
    }

    /// 1, or -1 below zero and for NaN.
    private static Operand signs(OnnxNode node, Operand x) {
        Operand positive = node.apply(new Compare(Compare.Kind.GREATER_EQUAL), x, node.scalar(0));
        Operand one = node.apply(new Cast(ElementType.INT32), positive);
        Operand unit = node.constant(Tensor.filled(TensorType.of(ElementType.INT32), 1));
        return Quantizing.toFloat(node, node.apply(SUBTRACT, node.apply(Binary.ADD, one, one), unit));
    }

    private static long bits(OnnxNode node) {
        Tensor bits = node.known(3, "bitwidth");
        double count = bits.shape().elements() == 1 ? bits.get(0) : Double.NaN;
        if (!(count >= 1 && count <= MOST_BITS && count == Math.rint(count))) {
            String found = bits.shape().elements() == 1
                    ? String.valueOf(count)
                    : bits.type().toString();
            throw node.fault(
                    Code.ONNX_TENSOR,
                    "bitwidth is " + found + " but one whole number from 1 to " + MOST_BITS + " is expected",
                    null);
        }
        return (long) count;
    }
}
