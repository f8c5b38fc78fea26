package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.node.ElementConversion;
import dev.sinter.frontend.onnx.node.Granularity;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.Quantizing;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Unary;
import java.util.List;
import java.util.Optional;

/// From real numbers to quantised ones and back.
final class Quantization {
    static final List<Row> ROWS = List.of(
            Row.of("QuantizeLinear", 10, Quantization::quantize),
            Row.of("DequantizeLinear", 10, Quantization::dequantize),
            Row.many("DynamicQuantizeLinear", 11, 3, Quantization::quantizeDynamically));

    /// The range of the numbers that [#dynamic] makes.
    private static final double MOST = 255;

    private Quantization() {}

    static Operand quantize(OnnxNode node) {
        Operand x = node.input(0, "x");
        Operand scale = floating(node, 1, "y_scale");
        Optional<Operand> zero = node.optional(2);
        Granularity granularity = Granularity.of(node, x.type().shape());
        DataType to = target(node, zero);
        node.declare(0, to);
        DataType precision = attributeType(node, "precision").orElse(node.declared(1));
        boolean saturate = node.attributes().flag("saturate", true);
        ElementConversion toPrecision = ElementConversion.to(precision);
        Operand numbers = toPrecision.of(node, Quantizing.toFloat(node, x), node.declared(0));
        Operand unit = granularity.spread(toPrecision.of(node, scale, node.declared(1)), "y_scale");
        // Of numbers with half the digits of a float, a quotient rounded to a float and then again is rounded rightly.
        Operand quotient = toPrecision.of(node, Quantizing.dividedBy(node, numbers, unit), DataType.FLOAT);
        Optional<Operand> shift = zero.map(point -> granularity.spread(point, "y_zero_point"));
        return Quantizing.toQuantized(node, quotient, shift, to, saturate);
    }

    /// The type of the zero point, or else of `output_dtype`.
    private static DataType target(OnnxNode node, Optional<Operand> zero) {
        Optional<DataType> asked = attributeType(node, "output_dtype");
        if (zero.isEmpty()) {
            return asked.orElse(DataType.UINT8);
        }
        DataType declared = node.declared(2);
        if (asked.isPresent() && asked.get() != declared) {
            throw node.fault(
                    Code.ONNX_ATTRIBUTE,
                    "output_dtype is " + asked.get().text() + " but y_zero_point is " + declared.text(),
                    "they are the type of the output, both of them");
        }
        return declared;
    }

    /// A type that an attribute names by number; 0 stands for none.
    private static Optional<DataType> attributeType(OnnxNode node, String name) {
        long number = node.attributes().integer(name, 0);
        if (number == 0) {
            return Optional.empty();
        }
        return Optional.of(DataType.of(number)
                .orElseThrow(() -> node.attributeFault("attribute '" + name + "' is " + DataType.name(number))));
    }

    private static Operand floating(OnnxNode node, int i, String what) {
        Operand operand = node.input(i, what);
        if (!operand.type().element().isFloating()) {
            throw node.fault(
                    Code.ONNX_TENSOR,
                    what + " is " + operand.type() + " but floating-point numbers are expected",
                    null);
        }
        return operand;
    }

    static Operand dequantize(OnnxNode node) {
        Operand x = node.input(0, "x");
        Operand scale = floating(node, 1, "x_scale");
        Optional<Operand> zero = node.optional(2);
        Granularity granularity = Granularity.of(node, x.type().shape());
        DataType to = attributeType(node, "output_dtype").orElse(node.declared(1));
        node.declare(0, to);
        zero.ifPresent(point -> requireSameType(node, x, point));
        Optional<Operand> shift = zero.map(point -> granularity.spread(point, "x_zero_point"));
        Operand unit = granularity.spread(scale, "x_scale");
        // A product of quantised numbers can be computed on the integers, weights among them.
        Operand numbers = x.type().shape().rank() == 0 ? x : node.unfolded(x);
        Operand centred = isNarrow(node.declared(0)) ? x : Quantizing.centred(node, numbers, shift);
        Operand product = Quantizing.times(node, Quantizing.toFloat(node, centred), unit);
        return ElementConversion.to(to).of(node, product, node.declared(1));
    }

    /// Floating-point numbers of at most 8 bits have no zero point but 0.
    static boolean isNarrow(DataType type) {
        return type.isFloating() && type.bits() <= Byte.SIZE;
    }

    private static void requireSameType(OnnxNode node, Operand x, Operand zero) {
        if (x.type().element() != zero.type().element()) {
            throw node.fault(
                    Code.TYPE_MIXED,
                    "x_zero_point is " + zero.type() + " but x is " + x.type(),
                    "a zero point has the type of the numbers");
        }
    }

    private static List<Operand> quantizeDynamically(OnnxNode node) {
        node.declare(0, DataType.UINT8);
        node.declare(2, DataType.UINT8);
        Dynamic result = dynamic(node, node.input(0, "x"));
        return List.of(result.numbers(), result.scale(), result.zeroPoint());
    }

    /// Numbers that were quantised as they themselves demand.
    record Dynamic(Operand numbers, Operand scale, Operand zeroPoint) {}

    /// By the scale that takes the largest and the smallest number, zero among them, 255 apart.
    static Dynamic dynamic(OnnxNode node, Operand x) {
        Operand row = node.apply(new Reshape(List.of(x.type().shape().elements())), x);
        Operand zero = node.scalar(0);
        Operand most = node.apply(new Binary(Binary.Kind.MAX), largest(node, row), zero);
        Operand negated = node.apply(new Unary(Unary.Kind.NEGATE), row);
        Operand least = node.apply(new Binary(Binary.Kind.MAX), largest(node, negated), zero);
        Operand scale = Quantizing.dividedBy(node, node.apply(Binary.ADD, most, least), node.scalar(MOST));
        Operand steps = Quantizing.dividedBy(node, least, scale);
        Operand point = Quantizing.toQuantized(node, steps, Optional.empty(), DataType.UINT8, true);
        Operand quotient = Quantizing.dividedBy(node, x, scale);
        Operand numbers = Quantizing.toQuantized(node, quotient, Optional.of(point), DataType.UINT8, true);
        return new Dynamic(numbers, scale, point);
    }

    private static Operand largest(OnnxNode node, Operand row) {
        return node.apply(new Reduce(Reduce.Kind.MAX, List.of(0L), false), row);
    }
}
