package dev.sinter.ir.op;

/// What becomes of an element that an update meets.
public enum Scattering {
    /// The update takes its place.
    NONE,
    ADD,
    MUL,
    MAX,
    MIN
}
