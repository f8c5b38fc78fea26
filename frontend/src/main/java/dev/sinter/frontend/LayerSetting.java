package dev.sinter.frontend;

import java.util.Locale;

/// What can be set of a layer after it was named. Truths are 0 or 1.
enum LayerSetting {
    PAD,
    STRIDE,
    DILATION,
    OUTPUT_PAD,
    GROUPS,
    WITHOUT_BIAS,
    CEIL_MODE,
    COUNT_PAD;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
