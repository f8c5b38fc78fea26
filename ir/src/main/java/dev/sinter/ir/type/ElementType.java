package dev.sinter.ir.type;

import java.util.Locale;

/// The type of one tensor element. Arithmetic rounds to nearest even; integers wrap.
public enum ElementType {
    FLOAT16("f16", 2, 11),
    FLOAT32("f32", 4, 24),
    FLOAT64("f64", 8, 53),
    INT8("i8", 1, 0),
    UINT8("u8", 1, 0),
    INT16("i16", 2, 0),
    UINT16("u16", 2, 0),
    INT32("i32", 4, 0),
    UINT32("u32", 4, 0),
    INT64("i64", 8, 0),
    UINT64("u64", 8, 0),
    BOOL("bool", 1, 0);

    private final String text;
    private final int bytes;
    private final int significandBits;

    ElementType(String text, int bytes, int significandBits) {
        this.text = text;
        this.bytes = bytes;
        this.significandBits = significandBits;
    }

    /// The name in IR text, for example `f32`.
    public String text() {
        return text;
    }

    /// The size of one element in bytes.
    public int bytes() {
        return bytes;
    }

    public boolean isFloating() {
        return significandBits > 0;
    }

    /// The unit roundoff u: a correctly rounded result differs from the exact one by at most u times its magnitude.
    /// For integers 0.
    public double unitRoundoff() {
        return isFloating() ? Math.scalb(1.0, -significandBits) : 0;
    }

    /// The type that IR text calls `text`.
    ///
    /// @throws IllegalArgumentException if there is none
    public static ElementType parse(String text) {
        for (ElementType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown element type '" + text + "'");
    }

    @Override
    public String toString() {
        return text.toLowerCase(Locale.ROOT);
    }
}
