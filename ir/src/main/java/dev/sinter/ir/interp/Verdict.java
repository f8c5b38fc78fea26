package dev.sinter.ir.interp;

/// What the oracle says of a device's tensor.
public enum Verdict {
    /// Every element lies where a correct kernel's very likely lies.
    PASSED,
    /// No element is proven wrong, but one is farther off than roundings that are as good as random take it: on seeded
    /// random data this counts as failed.
    SUSPECT,
    /// An element lies where no correct kernel's can.
    FAILED
}
