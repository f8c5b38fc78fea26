package dev.sinter.backend.fpga;

/// Thrown where hardware cannot be made of a kernel; caught where the layer is known.
final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unsupported(String fact) {
        super(fact, null, false, false);
    }
}
