package dev.sinter.training.quantization;

import dev.sinter.ir.type.ElementType;

/// What activations are quantised to: bytes, whose zero point is free or at 0.
public enum ActivationType {
    /// 0 to 255 with any zero point.
    UINT8(ElementType.UINT8, 0, 255),

    /// -128 to 127 with any zero point.
    INT8(ElementType.INT8, -128, 127),

    /// -127 to 127 with zero point 0, as some accelerators demand. What is never negative has half the steps.
    SYMMETRIC(ElementType.INT8, -127, 127);

    private final ElementType element;
    private final int least;
    private final int most;

    ActivationType(ElementType element, int least, int most) {
        this.element = element;
        this.least = least;
        this.most = most;
    }

    /// The parameters by which the integers span `range`: its ends are the least and the largest number, but for less
    /// than a step, since 0 is an integer's value exactly (Jacob et al., 2018, section 2.1,
    /// <https://arxiv.org/abs/1712.05877>). An empty range has scale 1.
    QuantizationParameters parameters(ValueRange range) {
        if (this == SYMMETRIC) {
            double magnitude = Math.max(-range.low(), range.high());
            return new QuantizationParameters(element, scale(magnitude / most), 0);
        }
        float scale = scale(range.width() / (most - least));
        long zeroPoint = Math.clamp(least + Math.round(-range.low() / scale), least, most);
        return new QuantizationParameters(element, scale, range.width() == 0 ? Math.max(0, least) : (int) zeroPoint);
    }

    /// A float that is no subnormal number, which devices may take for 0.
    private static float scale(double exact) {
        return exact == 0 ? 1 : Math.max((float) exact, Float.MIN_NORMAL);
    }
}
