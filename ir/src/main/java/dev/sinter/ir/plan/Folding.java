package dev.sinter.ir.plan;

/// How much at once a kernel computes that becomes hardware: with the fewest multipliers that keep a pace, or with as
/// many as it may have where those do not.
///
/// @param pace how many cycles a frame may take
/// @param multipliers how many a kernel may have
public record Folding(long pace, long multipliers) {
    public Folding {
        if (pace < 1 || multipliers < 1) {
            throw new IllegalArgumentException(
                    "a pace of " + pace + " cycles and " + multipliers + " multipliers must be at least 1");
        }
    }

    /// As many multipliers as a kernel may have.
    public static Folding onto(long multipliers) {
        return new Folding(1, multipliers);
    }

    /// As many multipliers as the pace takes.
    public static Folding pace(long cycles) {
        return new Folding(cycles, Long.MAX_VALUE);
    }
}
