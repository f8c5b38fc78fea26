package dev.sinter.frontend.onnx.node;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Quantize;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.FloatFormat;
import java.util.List;
import java.util.Optional;

/// The steps that operators on quantised numbers are made of.
public final class Quantizing {
    private static final Binary SUBTRACT = new Binary(Binary.Kind.SUB);
    private static final Binary MULTIPLY = new Binary(Binary.Kind.MUL);

    private Quantizing() {}

    /// Real numbers in units of the scale as numbers of `to`: rounded to even, shifted, and limited to what there is.
    ///
    /// @param zero the zero point, stretched to the numbers' shape or ready to be
    public static Operand toQuantized(
            OnnxNode node, Operand numbers, Optional<Operand> zero, DataType to, boolean saturate) {
        Optional<Operand> shift = zero.filter(point -> !isZero(point));
        Optional<QuantizedType> range = QuantizedType.of(to);
        if (range.isEmpty()) {
            if (to.format().isEmpty() || to.bits() > Byte.SIZE) {
                throw node.unsupported("quantises to " + to.text() + ", which is not supported");
            }
            Operand shifted = shift.map(point -> node.apply(Binary.ADD, numbers, toFloat(node, point)))
                    .orElse(numbers);
            return new ElementConversion(to, saturate, FloatFormat.Direction.UP).of(node, shifted, DataType.FLOAT);
        }
        Quantize quantize = new Quantize(
                range.get().element(), range.get().least(), range.get().most());
        return shift.map(point -> node.apply(quantize, numbers, point)).orElseGet(() -> node.apply(quantize, numbers));
    }

    /// Quantised numbers less their zero point, as 32-bit integers.
    public static Operand centred(OnnxNode node, Operand numbers, Optional<Operand> zero) {
        Operand wide = toInteger(node, numbers);
        return zero.filter(point -> !isZero(point))
                .map(point -> node.apply(SUBTRACT, wide, toInteger(node, point)))
                .orElse(wide);
    }

    /// A parameter of which there is one for a whole tensor.
    public static Operand single(OnnxNode node, Operand parameter, String what) {
        if (parameter.type().shape().elements() != 1) {
            throw node.fault(
                    Code.SHAPE_MISMATCH, what + " is " + parameter.type() + " but one number is expected", null);
        }
        return parameter.type().shape().rank() == 0 ? parameter : node.apply(new Reshape(List.of()), parameter);
    }

    private static Operand toInteger(OnnxNode node, Operand x) {
        return switch (x.type().element()) {
            case INT32 -> x;
            case INT8, UINT8, INT16, UINT16 -> node.apply(new Cast(ElementType.INT32), x);
            case UINT32, INT64, UINT64, BOOL, FLOAT16, FLOAT32, FLOAT64 ->
                throw node.fault(
                        Code.ONNX_TENSOR,
                        "a quantised tensor is " + x.type()
                                + " but integers of at most 16 bits, or int32, are expected",
                        null);
        };
    }

    public static Operand toFloat(OnnxNode node, Operand x) {
        return x.type().element() == ElementType.FLOAT32 ? x : node.apply(new Cast(ElementType.FLOAT32), x);
    }

    public static Operand times(OnnxNode node, Operand a, Operand b) {
        return node.apply(MULTIPLY, a, b);
    }

    /// @param b left out where it is known to be 1
    public static Operand dividedBy(OnnxNode node, Operand a, Operand b) {
        return isAll(b, 1) ? a : node.apply(new Binary(Binary.Kind.DIV), a, b);
    }

    /// True if a zero point is known and makes no difference.
    public static boolean isZero(Operand zero) {
        return isAll(zero, 0);
    }

    private static boolean isAll(Operand operand, double value) {
        if (!(operand instanceof Operand.Known known)) {
            return false;
        }
        long elements = known.tensor().shape().elements();
        for (long i = 0; i < elements; i++) {
            if (known.tensor().get(i) != value) {
                return false;
            }
        }
        return true;
    }
}
