package dev.sinter.ir.schedule;

/// What happens where the extent is no multiple of a loop's step.
public enum Tail {
    /// The last tile reaches beyond the end; what lies there is not stored.
    GUARD,
    /// The last tile is a loop of its own, as long as what is left.
    PEEL,
    /// The last tile starts earlier, and computes some elements a second time.
    OVERLAP
}
