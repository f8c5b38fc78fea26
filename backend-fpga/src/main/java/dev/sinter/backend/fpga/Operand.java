package dev.sinter.backend.fpga;

import java.util.Optional;

/// A number in hardware: an integer, or what stands for one of a floating-point type.
sealed interface Operand {
    record Whole(Signal signal) implements Operand {}

    /// A number of single precision.
    ///
    /// @param real as an integer of fractions; none where that cannot be
    /// @param formula as a function of integers; none where that cannot be
    /// @param lack why there is no `real`
    record Number(Optional<Real> real, Optional<Formula> formula, String lack) implements Operand {
        static Number of(Real real, Formula formula) {
            return new Number(Optional.of(real), Optional.of(formula), "");
        }

        static Number of(Real real) {
            return new Number(Optional.of(real), Optional.empty(), "");
        }
    }

    /// @throws Unsupported if it is none
    default Signal integer() {
        return switch (this) {
            case Whole(Signal signal) -> signal;
            case Number _ -> throw new Unsupported("a real number is kept or stored");
        };
    }
}
