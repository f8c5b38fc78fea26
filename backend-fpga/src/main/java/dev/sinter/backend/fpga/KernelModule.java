package dev.sinter.backend.fpga;

import java.util.List;

/// A kernel as a module of Verilog.
///
/// @param name of the module
/// @param label what it computes
/// @param verilog its text
/// @param contents of its memories that are never written
/// @param loaded the memories that are loaded at the start, in that order
/// @param multipliers how many integers it multiplies in each cycle
/// @param cycles how many a frame takes, if it never has to wait
/// @param parts what it is made of
/// @param traffic what passes of each of its streams, those that it reads first
record KernelModule(
        String name,
        String label,
        String verilog,
        List<Contents> contents,
        List<Rom> loaded,
        long multipliers,
        long cycles,
        Parts parts,
        List<Rhythm.Traffic> traffic) {
    /// A file of hexadecimal words.
    record Contents(String file, String words) {}

    List<Port> ports() {
        return traffic.stream().map(Rhythm.Traffic::port).toList();
    }

    Rhythm.Traffic traffic(Port port) {
        return traffic.stream()
                .filter(one -> one.port().equals(port))
                .findFirst()
                .orElseThrow();
    }
}
