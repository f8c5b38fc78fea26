package dev.sinter.backend.fpga;

import java.util.List;
import java.util.stream.Stream;

/// What an iteration leaves behind.
sealed interface Effect {
    /// All that it depends on.
    List<Signal> signals();

    /// A register's value for the next iteration.
    record Keep(Register register, Signal value) implements Effect {
        @Override
        public List<Signal> signals() {
            return List.of(value);
        }
    }

    /// A number written to a memory.
    ///
    /// @param phase the phase that writes it
    record Write(Ram ram, int phase, Signal when, Signal address, Signal value) implements Effect {
        @Override
        public List<Signal> signals() {
            return List.of(when, address, value);
        }
    }

    /// Elements that go into a stream, side by side.
    record Put(Meeting meeting, List<Signal> values) implements Effect {
        @Override
        public List<Signal> signals() {
            return Stream.concat(values.stream(), Stream.of(meeting.when())).toList();
        }
    }
}
