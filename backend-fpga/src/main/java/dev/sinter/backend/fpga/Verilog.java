package dev.sinter.backend.fpga;

import java.util.List;
import java.util.stream.Collectors;

/// What all printers write alike: a stream is three sets of wires, of one name.
final class Verilog {
    /// What the names of a stream's wires end in.
    private static final List<String> WIRES = List.of("_valid", "_ready", "_data");

    private Verilog() {}

    /// A stream among the ports of a module.
    static String port(String name, int width, boolean written) {
        return """
            ,
                %2$s wire %1$s_valid,
                %3$s wire %1$s_ready,
                %2$s wire [%4$d:0] %1$s_data\
            """.formatted(name, written ? "output" : "input", written ? "input" : "output", width - 1);
    }

    /// The wires of a stream between two modules.
    static String wires(String name, int width) {
        return """
                wire %1$s_valid;
                wire %1$s_ready;
                wire [%2$d:0] %1$s_data;
            """.formatted(name, width - 1);
    }

    /// A stream of an instance, connected to wires.
    static String connection(String port, String wires) {
        return WIRES.stream()
                .map(part -> ", .%s%s(%s%s)".formatted(port, part, wires, part))
                .collect(Collectors.joining());
    }
}
