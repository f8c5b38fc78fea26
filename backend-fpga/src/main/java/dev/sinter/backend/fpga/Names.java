package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The names of what a module has, each once, and none that Verilog or the printer takes.
final class Names {
    private static final List<String> TAKEN = List.of(
            "advance",
            "and",
            "begin",
            "buf",
            "case",
            "clock",
            "config",
            "design",
            "else",
            "end",
            "event",
            "fed",
            "for",
            "force",
            "free",
            "function",
            "if",
            "initial",
            "input",
            "integer",
            "join",
            "library",
            "module",
            "nand",
            "nor",
            "not",
            "or",
            "output",
            "parameter",
            "pause",
            "phase",
            "real",
            "reg",
            "release",
            "repeat",
            "reset",
            "signed",
            "small",
            "strong",
            "table",
            "task",
            "time",
            "wait",
            "weak",
            "while",
            "wire",
            "xor");

    private final Set<String> taken = new HashSet<>(TAKEN);
    private final Map<Axis, String> counters = new IdentityHashMap<>();
    private final Map<Register, String> registers = new LinkedHashMap<>();

    Names(Datapath datapath, List<Port> ports) {
        ports.forEach(port -> taken.add(port.name()));
        datapath.phases().all().stream()
                .flatMap(phase -> phase.loops().stream())
                .forEach(loop -> counters.computeIfAbsent(loop.axis(), axis -> unique("at_" + axis.name())));
        datapath.registers().forEach(register -> registers.put(register, unique(register.name())));
    }

    /// `wanted`, or that with a number.
    String unique(String wanted) {
        String clean = wanted.replaceAll("[^A-Za-z0-9_]", "_");
        String candidate = clean;
        for (int i = 2; !taken.add(candidate); i++) {
            candidate = clean + "_" + i;
        }
        return candidate;
    }

    /// The counters of loops.
    Map<Axis, String> counters() {
        return counters;
    }

    Map<Register, String> registers() {
        return registers;
    }
}
