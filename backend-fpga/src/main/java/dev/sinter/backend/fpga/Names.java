package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Axis;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The names of what a module holds, each once. What they begin with says what it is, and keeps them apart from words
/// of Verilog and from what printers call things.
final class Names {
    private final Set<String> taken = new HashSet<>();
    private final Map<Axis, String> counters = new LinkedHashMap<>();
    private final Map<Object, String> others = new HashMap<>();

    Names(Phases phases) {
        phases.all().stream()
                .flatMap(phase -> phase.loops().stream())
                .forEach(loop -> counters.computeIfAbsent(loop.axis(), axis -> unique("at_" + axis.name())));
    }

    private String unique(String wanted) {
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

    String of(Axis axis) {
        return Expect.present(counters.get(axis), axis);
    }

    String of(Register register) {
        return others.computeIfAbsent(register, _ -> unique("reg_" + register.name()));
    }

    String of(Rom rom) {
        return others.computeIfAbsent(rom, _ -> unique("rom_" + rom.name()));
    }

    /// A copy of a memory, for the signal that reads it.
    String of(Ram ram, Signal reader) {
        return others.computeIfAbsent(reader, _ -> unique("ram_" + ram.name()));
    }
}
