package dev.sinter.training.quantization;

import dev.sinter.ir.type.ElementType;

/// How a tensor of real numbers is held in bytes: x is taken for `scale` · (q - `zeroPoint`), where q is
/// x / `scale` rounded to even plus `zeroPoint`, and limited to what there is. So ONNX defines
/// [QuantizeLinear](https://onnx.ai/onnx/operators/onnx__QuantizeLinear.html) and its counterpart.
///
/// @param element `i8` or `u8`
/// @param scale the distance of two neighbouring numbers, greater than 0
public record QuantizationParameters(ElementType element, float scale, int zeroPoint) {
    public QuantizationParameters {
        if (element != ElementType.INT8 && element != ElementType.UINT8) {
            throw new IllegalArgumentException("element type " + element + " must be i8 or u8");
        }
        if (!(scale > 0 && scale < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("scale " + scale + " must be finite and greater than 0");
        }
        if (zeroPoint < least(element) || zeroPoint > most(element)) {
            throw new IllegalArgumentException("zero point " + zeroPoint + " is no " + element);
        }
    }

    private static int least(ElementType element) {
        return element == ElementType.INT8 ? Byte.MIN_VALUE : 0;
    }

    private static int most(ElementType element) {
        return element == ElementType.INT8 ? Byte.MAX_VALUE : 0xff;
    }

    public int least() {
        return least(element);
    }

    public int most() {
        return most(element);
    }

    /// The least number that the bytes can be.
    public double lowest() {
        return (double) scale * (least() - zeroPoint);
    }

    /// The largest number that the bytes can be.
    public double highest() {
        return (double) scale * (most() - zeroPoint);
    }

    /// What becomes of x on its way to a byte and back.
    public double rounded(double x) {
        return scale * (Math.clamp(Math.rint(x / scale) + zeroPoint, least(), most()) - zeroPoint);
    }

    /// True if x is limited, not only rounded.
    public boolean clips(double x) {
        double place = Math.rint(x / scale) + zeroPoint;
        return place < least() || place > most();
    }
}
