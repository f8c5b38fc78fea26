package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Prints a kernel as a module: counters that start one iteration in each cycle, and stages that each iteration passes
/// one after the other. Stages up to the last one that reads a stream stand still while there is nothing to read, and
/// all of them while a stream takes nothing from the module.
final class ModulePrinter {
    /// How constants come in at the start.
    private static final String LOADING = """
        ,
            input wire load_reset,
            input wire load_valid,
            input wire [7:0] load_data,
            output wire loaded\
        """;

    private final String name;
    private final Schematic schematic;
    private final Stages stages;
    private final Names names;
    private final SignalPrinter printer;
    private final Map<Port, String> taking = new LinkedHashMap<>();
    private final Map<Port, Output> outputs = new LinkedHashMap<>();
    private final StringBuilder wires = new StringBuilder();
    private final StringBuilder memories = new StringBuilder();

    /// What goes into a stream: when, and what.
    private record Output(int stage, String condition, String data) {}

    private ModulePrinter(String name, Schematic schematic, Set<Rom> loading) {
        this.name = name;
        this.schematic = schematic;
        this.stages = schematic.stages();
        this.names = new Names(schematic.datapath().phases());
        this.printer = new SignalPrinter(name, names, schematic.datapath().signals(), stages, loading);
    }

    /// The text of a module, what its memories hold, what those are loaded with that are empty at first, and what it is
    /// made of.
    record Printed(String verilog, List<KernelModule.Contents> contents, List<Rom> loaded, Parts parts) {}

    /// @param header what the comment at the top says, line by line
    /// @param loading the constants that are loaded at the start
    static Printed print(String name, Schematic schematic, List<String> header, Set<Rom> loading) {
        ModulePrinter printer = new ModulePrinter(name, schematic, loading);
        String text = printer.text(header);
        Parts parts = KernelParts.of(schematic, printer.printer.lastUse(), loading);
        return new Printed(text, printer.printer.contents(), printer.printer.loaded(), parts);
    }

    private String text(List<String> header) {
        Datapath datapath = schematic.datapath();
        datapath.inputs()
                .forEach(meeting -> taking.put(meeting.port(), condition(meeting.when(), schematic.stageOf(meeting))));
        schematic.transitions().values().forEach(transition -> transition.forEach(signal -> printer.use(signal, 0)));
        // Memories are copied for each signal that reads them: all those must be known.
        List<Effect> effects = datapath.effects();
        effects.stream().filter(effect -> !(effect instanceof Effect.Write)).forEach(this::effect);
        effects.stream().filter(Effect.Write.class::isInstance).forEach(this::effect);
        printer.print();
        return header.stream().map(line -> "// " + line + "\n").collect(Collectors.joining())
                + "module %s (\n    input wire clock,\n    input wire reset".formatted(name)
                + datapath.meetings().stream()
                        .map(meeting -> port(meeting.port()))
                        .collect(Collectors.joining())
                + (printer.loaded().isEmpty() ? "" : LOADING)
                + "\n);\n"
                + state()
                + printer.declarations()
                + wires
                + streams()
                + loops()
                + stages()
                + memories
                + allLoaded()
                + "endmodule\n";
    }

    private String allLoaded() {
        return printer.loaded().isEmpty()
                ? ""
                : "    assign loaded = %s;\n"
                        .formatted(IntStream.range(0, printer.loaded().size())
                                .mapToObj(number -> "loaded_" + number)
                                .collect(Collectors.joining(" && ")));
    }

    /// When a stage goes on: those up to where streams are read, only if there is something to read.
    private String enable(int stage) {
        return stage > stages.split() ? "free" : "advance";
    }

    private String condition(Signal when, int stage) {
        return when.isConstant(1) ? "valid_" + stage : "valid_" + stage + " && " + printer.use(when, stage);
    }

    private void effect(Effect effect) {
        int stage = stages.of(effect);
        switch (effect) {
            case Effect.Keep(Register register, Signal value) -> {
                String own = names.of(register);
                printer.set(stage, "if (valid_%d) %s".formatted(stage, own), printer.use(value, stage));
            }
            case Effect.Write(Ram ram, _, Signal when, Signal address, Signal value) -> {
                String condition = enable(stage) + " && " + condition(when, stage);
                String at = printer.use(address, stage);
                String what = printer.use(value, stage);
                for (String copy : printer.copies(ram)) {
                    memories.append("    always @(posedge clock) if (%s)\n        %s[%s] <= %s;\n"
                            .formatted(condition, copy, at, what));
                }
            }
            case Effect.Put(Meeting meeting, List<Signal> values) -> {
                List<String> lanes = new ArrayList<>();
                for (Signal value : values) {
                    int width = meeting.port().elementBits();
                    String wire = "%s_lane_%d".formatted(meeting.port().name(), lanes.size());
                    wires.append("    wire signed [%d:0] %s = %s;\n".formatted(width, wire, printer.use(value, stage)));
                    lanes.addFirst("%s[%d:0]".formatted(wire, width - 1));
                }
                outputs.put(
                        meeting.port(),
                        new Output(stage, condition(meeting.when(), stage), "{" + String.join(", ", lanes) + "}"));
            }
        }
    }

    private static String port(Port port) {
        return Verilog.port(port.name(), port.width(), port.written());
    }

    private boolean isPhased() {
        return schematic.transitions().size() > 1;
    }

    private boolean pauses() {
        return schematic.pauses().longest() > 0;
    }

    /// Counters, registers, and which stages hold an iteration.
    private String state() {
        StringBuilder text = new StringBuilder();
        names.counters().forEach((axis, counter) -> text.append(register(axis.range(), counter)));
        if (isPhased()) {
            text.append(register(new Range(0, schematic.transitions().size() - 1L), "phase"));
        }
        if (pauses()) {
            text.append(register(new Range(0, schematic.pauses().longest()), "pause"));
        }
        schematic
                .datapath()
                .registers()
                .forEach(register -> text.append("    reg signed [%d:0] %s;\n"
                        .formatted(Signal.width(register.range()) - 1, names.of(register))));
        text.append("    wire valid_0 = %s;\n".formatted(pauses() ? "pause == 0" : "1'b1"));
        for (int stage = 1; stage <= stages.depth(); stage++) {
            text.append("    reg valid_%d;\n".formatted(stage));
        }
        return text.toString();
    }

    private static String register(Range range, String name) {
        return "    reg %s%s;\n".formatted(SignalPrinter.vector(Signal.stored(range)), name);
    }

    /// When streams are met, and who waits for whom.
    private String streams() {
        StringBuilder text = new StringBuilder();
        List<String> hungry = new ArrayList<>();
        List<String> blocked = new ArrayList<>();
        taking.forEach((port, condition) -> {
            text.append("    wire take_%s = %s;\n".formatted(port.name(), condition));
            hungry.add("take_%1$s && !%1$s_valid".formatted(port.name()));
        });
        outputs.forEach((port, output) -> {
            text.append("    wire put_%s = %s;\n".formatted(port.name(), output.condition()));
            blocked.add(blocked(port));
        });
        text.append("""
                wire fed = %s;
                wire free = %s;
                wire advance = fed && free;
            """.formatted(none(hungry), none(blocked)));
        taking.keySet()
                .forEach(port -> text.append("    assign %1$s_ready = take_%1$s && advance;\n".formatted(port.name())));
        outputs.forEach((port, output) -> {
            // All streams that an iteration writes are written at once.
            List<String> others = outputs.keySet().stream()
                    .filter(other -> other != port)
                    .map(ModulePrinter::blocked)
                    .toList();
            String fed = output.stage() > stages.split() ? "" : " && fed";
            String free = others.isEmpty() ? "" : " && " + none(others);
            text.append("""
                    assign %1$s_valid = put_%1$s%2$s%3$s;
                    assign %1$s_data = %4$s;
                """.formatted(port.name(), fed, free, output.data()));
        });
        return text.toString();
    }

    private static String blocked(Port port) {
        return "put_%1$s && !%1$s_ready".formatted(port.name());
    }

    /// That none of the conditions holds.
    private static String none(List<String> conditions) {
        return conditions.isEmpty() ? "1'b1" : "!(" + String.join(" || ", conditions) + ")";
    }

    private String loops() {
        String start = names.counters().entrySet().stream()
                        .map(entry ->
                                "            %s <= %d;\n".formatted(entry.getValue(), schematic.start(entry.getKey())))
                        .collect(Collectors.joining())
                + (isPhased() ? "            phase <= 0;\n" : "")
                + (pauses() ? "            pause <= 0;\n" : "");
        String paused = pauses() ? "if (pause != 0) begin\n            pause <= pause - 1'd1;\n        end else " : "";
        return """

                // The loops: one iteration in each cycle.
                always @(posedge clock)
                    if (reset) begin
            %s        end else if (advance) %sbegin
            %s        end

            """.formatted(start, paused, LoopPrinter.print(schematic.transitions(), names, schematic.pauses()));
    }

    private String stages() {
        StringBuilder text = new StringBuilder();
        if (stages.depth() > 0) {
            text.append("    // Which stages hold an iteration.\n    always @(posedge clock) begin\n");
            for (int stage = 1; stage <= stages.depth(); stage++) {
                String fed = stage == stages.split() + 1 ? " && fed" : "";
                text.append(
                        "        if (reset) valid_%1$d <= 0;\n        else if (%2$s) valid_%1$d <= valid_%3$d%4$s;\n"
                                .formatted(stage, enable(stage), stage - 1, fed));
            }
            text.append("    end\n\n");
        }
        text.append(clocked("Stages that wait for streams.", "advance", printer.front()));
        text.append(clocked("Stages that go on without.", "free", printer.back()));
        return text.toString();
    }

    private static String clocked(String comment, String enable, String statements) {
        return statements.isEmpty()
                ? ""
                : "    // %s\n    always @(posedge clock) if (%s) begin\n%s    end\n\n"
                        .formatted(comment, enable, statements);
    }
}
