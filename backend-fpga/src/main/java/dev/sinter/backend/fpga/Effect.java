package dev.sinter.backend.fpga;

import java.util.List;

/// What an iteration leaves behind.
sealed interface Effect {
    /// What it takes for it to happen, and what is left.
    List<Signal> operands();

    /// A register's value for the next iteration.
    record Keep(Register register, Signal value) implements Effect {
        @Override
        public List<Signal> operands() {
            return List.of(value);
        }
    }

    /// A number written to a memory.
    ///
    /// @param phase the phase that writes it
    record Write(Ram ram, int phase, Signal when, Signal address, Signal value) implements Effect {
        @Override
        public List<Signal> operands() {
            return List.of(when, address, value);
        }
    }

    /// Elements that go into a stream, side by side.
    record Put(Port port, Signal when, List<Signal> values) implements Effect {
        @Override
        public List<Signal> operands() {
            return java.util.stream.Stream.concat(java.util.stream.Stream.of(when), values.stream())
                    .toList();
        }
    }
}
