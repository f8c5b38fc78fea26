package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Prints a kernel as a module: counters that start one iteration in each cycle, and stages that each iteration passes
/// one after the other. The module stands still, as a whole, while a stream has nothing for it or takes nothing from
/// it.
final class ModulePrinter {
    private final String name;
    private final Datapath datapath;
    private final Stages stages;
    private final Signals signals;
    private final List<Port> ports;
    private final Names names;
    private final SignalPrinter printer;
    private final Pauses pauses;
    private final LoopPrinter loops;
    private final int depth;
    private final int split;

    private ModulePrinter(String name, Datapath datapath, int gates) {
        this.name = name;
        this.datapath = datapath;
        this.signals = datapath.signals();
        this.ports = datapath.ports();
        this.names = new Names(datapath, ports);
        // What steers the loops is made before anything is placed, since it makes more signals.
        LoopPrinter unpaused = new LoopPrinter(datapath, (_, _) -> 0, names.counters());
        unpaused.text();
        this.stages = new Stages(datapath, unpaused.steering(), gates);
        int deepest = 0;
        for (Effect effect : datapath.effects()) {
            deepest = Math.max(deepest, stageOf(effect));
        }
        this.split = signals.all().stream()
                .filter(signal -> signal.form() instanceof Signal.Form.Take)
                .mapToInt(stages::stage)
                .max()
                .orElse(-1);
        this.depth = Math.max(deepest, split);
        this.pauses = new Pauses(datapath, stages, this::stageOf);
        this.loops = new LoopPrinter(datapath, pauses::between, names.counters());
        this.printer = new SignalPrinter(name, names, signals, stages, ports, split);
    }

    /// @param gates how many may follow each other between two clock edges
    static KernelModule print(String name, Datapath datapath, int gates, List<String> header) {
        return new ModulePrinter(name, datapath, gates).module(header);
    }

    private int stageOf(Effect effect) {
        return switch (effect) {
            case Effect.Keep(_, Signal value) -> stages.stage(value);
            case Effect.Write(_, _, Signal when, Signal address, Signal value) ->
                stages.together(List.of(when, address, value));
            case Effect.Put put -> stages.settled(put.operands());
        };
    }

    /// The stage in which a stream is read.
    private int stageOf(Port port) {
        return signals.all().stream()
                .filter(signal ->
                        signal.form() instanceof Signal.Form.Take(Port other, _) && other.buffer() == port.buffer())
                .mapToInt(stages::stage)
                .max()
                .orElse(0);
    }

    private KernelModule module(List<String> header) {
        String control = loops.text();
        datapath.effects().forEach(this::effect);
        takes();
        loops.steering().forEach(signal -> printer.use(signal, 0));
        printer.print();
        return new KernelModule(name, text(header, control), printer.contents(), ports, rhythm());
    }

    /// When a stage goes on: those up to where streams are read, only if there is something to read.
    private String enable(int stage) {
        return stage > split ? "free" : "advance";
    }

    // What iterations leave behind.

    private void effect(Effect effect) {
        int stage = stageOf(effect);
        switch (effect) {
            case Effect.Keep(Register register, Signal value) ->
                printer.clocked(stage)
                        .append("        if (valid_")
                        .append(stage)
                        .append(") ")
                        .append(names.registers().get(register))
                        .append(" <= ")
                        .append(printer.use(value, stage))
                        .append(";\n");
            case Effect.Write(Ram ram, _, Signal when, Signal address, Signal value) -> {
                String condition = condition(when, stage);
                String at = printer.use(address, stage);
                String what = printer.use(value, stage);
                writes.add(new Writing(ram, enable(stage) + " && " + condition, at, what));
            }
            case Effect.Put(Port port, Signal when, List<Signal> values) -> {
                List<String> parts = new ArrayList<>();
                for (Signal value : values) {
                    parts.addFirst(bits(value, stage, port.elementBits()));
                }
                outputs.put(port, new Output(stage, condition(when, stage), "{" + String.join(", ", parts) + "}"));
            }
        }
    }

    private record Writing(Ram ram, String condition, String address, String value) {}

    private record Output(int stage, String condition, String data) {}

    private final List<Writing> writes = new ArrayList<>();
    private final Map<Port, Output> outputs = new LinkedHashMap<>();
    private final Map<Port, String> inputs = new LinkedHashMap<>();
    private final List<String> wires = new ArrayList<>();

    /// A signal as so many bits.
    private String bits(Signal value, int stage, int width) {
        String wire = "o" + wires.size();
        String what = printer.use(value, stage);
        wires.add("    wire signed [" + width + ":0] " + wire + " = " + what + ";\n");
        return wire + "[" + (width - 1) + ":0]";
    }

    private String condition(Signal when, int stage) {
        return when.isConstant(1) ? "valid_" + stage : "valid_" + stage + " && " + printer.use(when, stage);
    }

    private void takes() {
        Map<Buffer, Signal> takes = datapath.takes();
        for (Port port : ports) {
            if (!port.written()) {
                Signal when = Expect.present(takes.get(port.buffer()), port);
                inputs.put(port, condition(when, stageOf(port)));
            }
        }
    }

    /// When each stream is met.
    private Rhythm rhythm() {
        List<Rhythm.Beat> beats = new ArrayList<>();
        for (Effect effect : datapath.effects()) {
            if (effect instanceof Effect.Put(Port port, Signal when, _)) {
                beats.add(new Rhythm.Beat(port, when, stageOf(effect)));
            }
        }
        Map<Buffer, Signal> takes = datapath.takes();
        for (Port port : ports) {
            if (!port.written()) {
                Signal when = Expect.present(takes.get(port.buffer()), port);
                beats.add(new Rhythm.Beat(port, when, stageOf(port)));
            }
        }
        return new Rhythm(datapath.phases(), beats, pauses::between);
    }

    // All together.

    private String text(List<String> header, String control) {
        boolean pausing = control.contains("pause <= ");
        StringBuilder text = new StringBuilder();
        ports(header, text);
        state(pausing, text);
        text.append(printer.declarations());
        wires.forEach(text::append);
        streams(text);
        loops(control, pausing, text);
        stages(text);
        memories(text);
        return text.append("endmodule\n").toString();
    }

    private boolean isPhased() {
        return datapath.phases().all().size() > 1;
    }

    private void ports(List<String> header, StringBuilder text) {
        header.forEach(line -> text.append("// ").append(line).append('\n'));
        text.append("module ").append(name).append(" (\n    input wire clock,\n    input wire reset");
        for (Port port : ports) {
            String direction = port.written() ? "output" : "input";
            String back = port.written() ? "input" : "output";
            text.append(",\n    ")
                    .append(direction)
                    .append(" wire ")
                    .append(port.name())
                    .append("_valid,\n    ")
                    .append(back)
                    .append(" wire ")
                    .append(port.name())
                    .append("_ready,\n    ")
                    .append(direction)
                    .append(" wire ")
                    .append(SignalPrinter.vector(port.width()))
                    .append(port.name())
                    .append("_data");
        }
        text.append("\n);\n");
    }

    /// Counters, registers, and which stages hold an iteration.
    private void state(boolean pausing, StringBuilder text) {
        names.counters()
                .forEach((axis, counter) -> text.append("    reg ")
                        .append(SignalPrinter.vector(Rom.bits(axis.range())))
                        .append(counter)
                        .append(";\n"));
        if (isPhased()) {
            text.append("    reg ")
                    .append(SignalPrinter.vector(
                            Rom.bits(new Range(0, datapath.phases().all().size() - 1L))))
                    .append("phase;\n");
        }
        if (pausing) {
            text.append("    reg [3:0] pause;\n");
        }
        names.registers()
                .forEach((register, own) -> text.append("    reg signed [")
                        .append(Signal.width(register.range()) - 1)
                        .append(":0] ")
                        .append(own)
                        .append(";\n"));
        text.append("    wire valid_0 = ")
                .append(pausing ? "pause == 0" : "1'b1")
                .append(";\n");
        for (int stage = 1; stage <= depth; stage++) {
            text.append("    reg valid_").append(stage).append(";\n");
        }
    }

    /// When streams are met, and who waits for whom.
    private void streams(StringBuilder text) {
        List<String> running = new ArrayList<>();
        List<String> waits = new ArrayList<>();
        inputs.forEach((port, condition) -> {
            text.append("    wire take_")
                    .append(port.name())
                    .append(" = ")
                    .append(condition)
                    .append(";\n");
            waits.add("take_" + port.name() + " && !" + port.name() + "_valid");
        });
        outputs.forEach((port, output) -> {
            text.append("    wire put_")
                    .append(port.name())
                    .append(" = ")
                    .append(output.condition())
                    .append(";\n");
            running.add("!(put_" + port.name() + " && !" + port.name() + "_ready)");
        });
        text.append("    wire fed = ")
                .append(waits.isEmpty() ? "1'b1" : "!(" + String.join(" || ", waits) + ")")
                .append(";\n    wire free = ")
                .append(running.isEmpty() ? "1'b1" : String.join(" && ", running))
                .append(";\n    wire advance = fed && free;\n");
        inputs.keySet()
                .forEach(port -> text.append("    assign ")
                        .append(port.name())
                        .append("_ready = take_")
                        .append(port.name())
                        .append(" && advance;\n"));
        outputs.forEach((port, output) -> text.append("    assign ")
                .append(port.name())
                .append("_valid = put_")
                .append(port.name())
                .append(others(port, output.stage()))
                .append(";\n    assign ")
                .append(port.name())
                .append("_data = ")
                .append(output.data())
                .append(";\n"));
    }

    private void loops(String control, boolean pausing, StringBuilder text) {
        text.append("\n    // The loops: one iteration in each cycle.\n    always @(posedge clock)\n")
                .append("        if (reset) begin\n");
        names.counters()
                .forEach((axis, counter) -> text.append("            ")
                        .append(counter)
                        .append(" <= ")
                        .append(loops.start(axis))
                        .append(";\n"));
        if (isPhased()) {
            text.append("            phase <= 0;\n");
        }
        if (pausing) {
            text.append("            pause <= 0;\n");
        }
        text.append("        end else if (advance) begin\n");
        if (pausing) {
            text.append("            if (pause != 0) pause <= pause - 1'd1; else begin\n")
                    .append(control)
                    .append("            end\n");
        } else {
            text.append(control);
        }
        text.append("        end\n\n");
    }

    private void stages(StringBuilder text) {
        if (depth > 0) {
            text.append("    // Which stages hold an iteration.\n    always @(posedge clock) begin\n");
            for (int stage = 1; stage <= depth; stage++) {
                String before = "valid_" + (stage - 1) + (stage == split + 1 ? " && fed" : "");
                text.append("        if (reset) valid_")
                        .append(stage)
                        .append(" <= 0;\n        else if (")
                        .append(enable(stage))
                        .append(") valid_")
                        .append(stage)
                        .append(" <= ")
                        .append(before)
                        .append(";\n");
            }
            text.append("    end\n\n");
        }
        if (!printer.front().isEmpty()) {
            text.append("    // Stages that wait for streams.\n    always @(posedge clock) if (advance) begin\n")
                    .append(printer.front())
                    .append("    end\n\n");
        }
        if (!printer.back().isEmpty()) {
            text.append("    // Stages that go on without.\n    always @(posedge clock) if (free) begin\n")
                    .append(printer.back())
                    .append("    end\n\n");
        }
    }

    private void memories(StringBuilder text) {
        for (Writing write : writes) {
            for (String copy : printer.copies(write.ram())) {
                text.append("    always @(posedge clock) if (")
                        .append(write.condition())
                        .append(")\n        ")
                        .append(copy)
                        .append('[')
                        .append(write.address())
                        .append("] <= ")
                        .append(write.value())
                        .append(";\n");
            }
        }
    }

    /// What else must be so for an element to go out: inputs are there, and all other outputs take theirs.
    private String others(Port port, int stage) {
        StringBuilder text = new StringBuilder(stage > split ? "" : " && fed");
        outputs.keySet().stream()
                .filter(other -> other != port)
                .forEach(other -> text.append(" && !(put_")
                        .append(other.name())
                        .append(" && !")
                        .append(other.name())
                        .append("_ready)"));
        return text.toString();
    }
}
