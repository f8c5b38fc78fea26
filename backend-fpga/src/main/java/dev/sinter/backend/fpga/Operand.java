package dev.sinter.backend.fpga;

/// A number in hardware: an integer, or what stands for one of a floating-point type.
sealed interface Operand permits Operand.Whole, Real {
    record Whole(Signal signal) implements Operand {}

    /// @throws Unsupported if it is none
    default Signal integer() {
        return switch (this) {
            case Whole(Signal signal) -> signal;
            case Real _ -> throw new Unsupported("a real number is kept or stored");
        };
    }
}
