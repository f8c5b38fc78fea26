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
import java.util.Locale;
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
                    Row.of(domain + "BipolarQuant", QonnxOperators::bipolar),
                    Row.of(domain + "Trunc", QonnxOperators::truncate)))
            .toList();

    /// Beyond it floats do not hold every integer.
    private static final long MOST_BITS = 24;

    private static final Binary SUBTRACT = new Binary(Binary.Kind.SUB);
    private static final List<String> ROUNDINGS = List.of("ROUND", "CEIL", "FLOOR", "round", "ceil", "floor");

    /// How many inputs Trunc has from version 2 of the domain on.
    private static final int INPUTS_WITH_OUTPUT_SCALE = 6;

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
        Unary rounding = rounding(node, "ROUND");
        long bits = bits(node, 3, "bitwidth");
        boolean centred = Quantizing.isZero(zero);
        Operand steps = Quantizing.dividedBy(node, left(node, x), scale);
        if (bits == 1 && signed) {
            return scaled(node, signs(node, shifted(node, steps, zero, centred)), scale, zero, centred);
        }
        Limits limits = Limits.of(signed, narrow, bits);
        if (centred && rounding.kind() == Unary.Kind.ROUND && limits.element().isPresent()) {
            Quantize quantize = new Quantize(limits.element().get(), (long) limits.least(), (long) limits.most());
            Operand integers = node.apply(new Cast(ElementType.INT32), node.apply(quantize, steps));
            return Quantizing.times(node, Quantizing.toFloat(node, integers), scale);
        }
        Operand limited = node.apply(new Clip(limits.least(), limits.most()), shifted(node, steps, zero, centred));
        return scaled(node, node.apply(rounding, limited), scale, zero, centred);
    }

    private static Unary rounding(OnnxNode node, String usual) {
        String word = node.attributes().word("rounding_mode", usual, ROUNDINGS);
        return new Unary(
                switch (word.toUpperCase(Locale.ROOT)) {
                    case "CEIL" -> Unary.Kind.CEIL;
                    case "FLOOR" -> Unary.Kind.FLOOR;
                    default -> Unary.Kind.ROUND;
                });
    }

    /// x, scale, zeropt, in_bitwidth, out_bitwidth: the integers of x without their last bits, times the old scale; or
    /// x, scale, zeropt, in_bitwidth, out_scale, out_bitwidth: limited to what there is, times the new scale.
    private static Operand truncate(OnnxNode node) {
        node.declare(0, DataType.FLOAT);
        Operand scale = node.input(1, "scale");
        Operand zero = node.input(2, "zeropt");
        boolean centred = Quantizing.isZero(zero);
        Operand steps = Quantizing.dividedBy(node, node.input(0, "x"), scale);
        Operand integers = node.apply(new Unary(Unary.Kind.ROUND), shifted(node, steps, zero, centred));
        Unary rounding = rounding(node, "FLOOR");
        long bits = bits(node, 3, "in_bitwidth");
        if (node.inputCount() < INPUTS_WITH_OUTPUT_SCALE) {
            double dropped = Math.scalb(1.0, (int) (bits - bits(node, 4, "out_bitwidth")));
            Operand left = node.apply(rounding, divided(node, integers, dropped));
            return scaled(node, left, scale, zero, centred);
        }
        double dropped = powerOfTwo(node, single(node, 4, "out_scale") / single(node, 1, "scale"));
        Limits limits = Limits.of(
                node.attributes().flag("signed", true),
                node.attributes().flag("narrow", false),
                bits(node, 5, "out_bitwidth"));
        Operand limited = node.apply(new Clip(limits.least(), limits.most()), divided(node, integers, dropped));
        Operand left = node.apply(rounding, limited);
        return scaled(node, left, node.input(4, "out_scale"), divided(node, zero, dropped), centred);
    }

    private static Operand divided(OnnxNode node, Operand numbers, double divisor) {
        return divisor == 1 ? numbers : node.apply(Binary.Kind.MUL, numbers, node.scalar(1 / divisor));
    }

    private static double powerOfTwo(OnnxNode node, double ratio) {
        double power = Math.rint(Math.log(ratio) / Math.log(2));
        if (!(ratio > 0) || Math.abs(power) > MOST_BITS) {
            throw node.fault(
                    Code.ONNX_TENSOR,
                    "out_scale is " + ratio + " times the scale but a power of two up to 2^" + MOST_BITS
                            + " is expected",
                    null);
        }
        return Math.scalb(1.0, (int) power);
    }

    private static double single(OnnxNode node, int input, String what) {
        Tensor tensor = node.known(input, what);
        if (tensor.shape().elements() != 1) {
            throw node.fault(Code.ONNX_TENSOR, what + " is " + tensor.type() + " but one number is expected", null);
        }
        return tensor.get(0);
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

    private static long bits(OnnxNode node, int input, String what) {
        Tensor bits = node.known(input, what);
        double count = bits.shape().elements() == 1 ? bits.get(0) : Double.NaN;
        if (!(count >= 1 && count <= MOST_BITS && count == Math.rint(count))) {
            String found = bits.shape().elements() == 1
                    ? String.valueOf(count)
                    : bits.type().toString();
            throw node.fault(
                    Code.ONNX_TENSOR,
                    what + " is " + found + " but one whole number from 1 to " + MOST_BITS + " is expected",
                    null);
        }
        return (long) count;
    }
}
