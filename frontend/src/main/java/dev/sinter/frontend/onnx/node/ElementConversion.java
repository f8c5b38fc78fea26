package dev.sinter.frontend.onnx.node;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.RoundTo;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.FloatFormat;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;

/// Numbers of one of ONNX's types as those of another, both held in the types that graphs compute in.
///
/// @param saturate if a number beyond what a format of 8 bits has becomes the largest that it has
/// @param direction how `float8e8m0` rounds
public record ElementConversion(DataType to, boolean saturate, FloatFormat.Direction direction) {
    public static ElementConversion to(DataType type) {
        return new ElementConversion(type, true, FloatFormat.Direction.UP);
    }

    /// @param from the type that the model gives the operand
    public Operand of(OnnxNode node, Operand x, DataType from) {
        ElementType element = DataType.computed(to.element()
                .orElseThrow(() -> node.unsupported("converts to " + to.text() + ", which is not supported")));
        Operand cast = x.type().element() == element ? x : node.apply(new Cast(element), x);
        if (to.isFloating()) {
            return isHeld(from) ? cast : rounded(node, cast);
        }
        return to.bits() < element.bytes() * Byte.SIZE && !(to == from) ? wrapped(node, cast, element) : cast;
    }

    /// True if every number of `from` is one of this type.
    private boolean isHeld(DataType from) {
        if (to.format().isEmpty() || from == to) {
            return true;
        }
        FloatFormat format = to.format().get();
        return switch (format) {
            case FLOAT16 -> from.isFloating() ? isHalf(from) : from.bits() <= Byte.SIZE;
            case BFLOAT16 -> from.isFloating() ? isShort(from) : from.bits() <= Byte.SIZE;
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 -> false;
        };
    }

    private static boolean isHalf(DataType from) {
        return from.bits() <= Byte.SIZE && from != DataType.FLOAT8E8M0;
    }

    private static boolean isShort(DataType from) {
        return from.bits() <= Byte.SIZE;
    }

    private Operand rounded(OnnxNode node, Operand x) {
        FloatFormat format = to.format().orElseThrow();
        return switch (format) {
            case FLOAT16, BFLOAT16 -> node.apply(RoundTo.nearest(format), x);
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ ->
                node.apply(new RoundTo(format, saturate, FloatFormat.Direction.NEAREST), x);
            case FLOAT8E8M0 -> node.apply(new RoundTo(format, saturate, direction), x);
            case FLOAT4E2M1 -> node.apply(new RoundTo(format, true, FloatFormat.Direction.NEAREST), x);
        };
    }

    /// Shifted to the top of the integer that holds it and back, an integer keeps its lowest bits.
    private Operand wrapped(OnnxNode node, Operand x, ElementType element) {
        Tensor shift = Tensor.allocate(TensorType.of(element));
        shift.setLong(0, 1L << element.bytes() * Byte.SIZE - to.bits());
        Operand top = node.apply(new Binary(Binary.Kind.MUL), x, node.constant(shift));
        return node.apply(new Binary(Binary.Kind.DIV), top, node.constant(shift));
    }
}
