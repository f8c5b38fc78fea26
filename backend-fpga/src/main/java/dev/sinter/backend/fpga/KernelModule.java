package dev.sinter.backend.fpga;

import java.util.List;

/// A kernel as a module of Verilog.
///
/// @param name of the module
/// @param verilog its text
/// @param contents of its memories that are never written, by the name of the file
/// @param ports its streams, those that it reads before those that it writes
/// @param rhythm when its streams are met
record KernelModule(String name, String verilog, List<Contents> contents, List<Port> ports, Rhythm rhythm) {
    /// A file of hexadecimal words.
    record Contents(String file, String words) {}

    /// How many cycles a frame takes, if it never has to wait.
    long cycles() {
        return rhythm.cycles();
    }

    /// For each word of a stream the cycle in which it passes, if it never has to wait.
    long[] times(Port port) {
        return rhythm.times(port);
    }

    List<Port> inputs() {
        return ports.stream().filter(port -> !port.written()).toList();
    }

    List<Port> outputs() {
        return ports.stream().filter(Port::written).toList();
    }
}
