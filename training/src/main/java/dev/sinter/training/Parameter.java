package dev.sinter.training;

import dev.sinter.ir.graph.Value;
import java.util.List;

/// A tensor of a network that training changes, with what the optimiser keeps beside it.
///
/// @param name as in the network, where it is a constant
/// @param input the tensor before a step, an input of the training graph
/// @param next the tensor after it, an output
/// @param states what the optimiser keeps
public record Parameter(String name, Value input, Value next, List<Carried> states) {
    public Parameter {
        states = List.copyOf(states);
    }

    /// A tensor that one step leaves for the next.
    ///
    /// @param input before a step
    /// @param next after it
    public record Carried(Value input, Value next) {
        public String name() {
            return input.name();
        }
    }

    Carried carried() {
        return new Carried(input, next);
    }
}
