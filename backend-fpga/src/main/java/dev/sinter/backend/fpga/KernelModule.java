package dev.sinter.backend.fpga;

import java.util.List;

/// A kernel as a module of Verilog.
///
/// @param name of the module
/// @param verilog its text
/// @param contents of its memories that are never written, by the name of the file
/// @param ports its streams, those that it reads before those that it writes
/// @param cycles how many it takes for one frame, if it never has to wait
/// @param latency cycles from the start of an iteration to what it leaves behind
record KernelModule(
        String name, String verilog, List<Contents> contents, List<Port> ports, long cycles, int latency) {
    /// A file of hexadecimal words.
    record Contents(String file, String words) {}

    List<Port> inputs() {
        return ports.stream().filter(port -> !port.written()).toList();
    }

    List<Port> outputs() {
        return ports.stream().filter(Port::written).toList();
    }
}
