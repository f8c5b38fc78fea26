package dev.sinter.ir.op;

/// The integers from `least` to `most`, of which the constants of an exact network are drawn.
public record IntegerRange(long least, long most) {
    /// Small enough for the sums of products of a large layer to stay below 2^24.
    public static final IntegerRange SMALL = new IntegerRange(-8, 8);

    /// For what whole sums are multiplied by: it must stay small, and may wipe no channel out.
    public static final IntegerRange FACTOR = new IntegerRange(1, 2);

    public IntegerRange {
        if (least > most) {
            throw new IllegalArgumentException("least " + least + " is above most " + most);
        }
    }

    public static IntegerRange only(long value) {
        return new IntegerRange(value, value);
    }
}
