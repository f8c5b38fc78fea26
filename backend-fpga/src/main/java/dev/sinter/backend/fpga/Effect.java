package dev.sinter.backend.fpga;

import java.util.List;

/// What an iteration leaves behind.
sealed interface Effect {
    /// A register's value for the next iteration.
    record Keep(Register register, Signal value) implements Effect {}

    /// A number written to a memory.
    ///
    /// @param phase the phase that writes it
    record Write(Ram ram, int phase, Signal when, Signal address, Signal value) implements Effect {}

    /// Elements that go into a stream, side by side.
    record Put(Meeting meeting, List<Signal> values) implements Effect {}
}
