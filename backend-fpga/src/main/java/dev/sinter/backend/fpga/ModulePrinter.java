package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.kernel.Stmt;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Prints a kernel as a module: counters that start one iteration in each cycle, and stages that each iteration passes
/// one after the other. The module stands still, as a whole, while a stream has nothing for it or takes nothing from
/// it.
final class ModulePrinter {
    private final String name;
    private final Datapath datapath;
    private final Stages stages;
    private final Signals signals;
    private final List<Port> ports;
    private final StringBuilder declarations = new StringBuilder();
    private final StringBuilder front = new StringBuilder();
    private final StringBuilder back = new StringBuilder();
    private final Map<Axis, String> counters = new IdentityHashMap<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Map<Signal, Integer> lastUse = new LinkedHashMap<>();
    private final List<KernelModule.Contents> contents = new ArrayList<>();
    private final Map<Register, String> registers = new HashMap<>();
    private final Pauses pauses;
    private final LoopPrinter loops;
    private final int depth;
    private final int split;

    private ModulePrinter(String name, Datapath datapath, int gates) {
        this.name = name;
        this.datapath = datapath;
        // What steers the loops is made before anything is placed, since it makes more signals.
        LoopPrinter unpaused = new LoopPrinter(datapath, (_, _) -> 0, counters);
        unpaused.text();
        this.stages = new Stages(datapath, unpaused.steering(), gates);
        this.signals = datapath.signals();
        this.ports = datapath.ports();
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
        this.loops = new LoopPrinter(datapath, pauses::between, counters);
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

    private KernelModule module(List<String> header) {
        for (Phase phase : datapath.phases().all()) {
            for (Stmt.For loop : phase.loops()) {
                counters.computeIfAbsent(loop.axis(), axis -> unique("at_" + axis.name()));
            }
        }
        for (Register register : datapath.registers()) {
            registers.put(register, unique(register.name()));
        }
        String control = loops.text();
        datapath.effects().forEach(this::effect);
        takes();
        loops.steering().forEach(signal -> use(signal, 0));
        declareState();
        for (Signal signal : signals.all()) {
            if (lastUse.containsKey(signal)) {
                print(signal);
            }
        }
        return new KernelModule(name, text(header, control), contents, ports, rhythm());
    }

    /// What is set at the clock edge that begins a stage.
    private StringBuilder clocked(int stage) {
        return stage > split ? back : front;
    }

    /// When a stage goes on: those up to where streams are read, only if there is something to read.
    private String enable(int stage) {
        return stage > split ? "free" : "advance";
    }

    private String unique(String wanted) {
        String clean = wanted.replaceAll("[^A-Za-z0-9_]", "_");
        String candidate = clean;
        for (int i = 2; !names.add(candidate); i++) {
            candidate = clean + "_" + i;
        }
        return candidate;
    }

    // Signals and the stages between.

    /// The name of a signal as it is in a stage; it is passed on to there.
    private String use(Signal signal, int stage) {
        if (signal.isConstant()) {
            return literal(signal.constant());
        }
        int own = stages.stage(signal);
        if (own > stage) {
            throw new IllegalStateException(signal + " of stage " + own + " is used in stage " + stage);
        }
        Integer last = lastUse.get(signal);
        if (last == null) {
            for (Signal operand : signal.operands()) {
                use(operand, Stages.isClocked(signal) ? own - 1 : own);
            }
        }
        if (last == null || last < stage) {
            lastUse.put(signal, stage);
        }
        return nameAt(signal, stage);
    }

    private String nameAt(Signal signal, int stage) {
        String base = "n" + signal.number();
        return stage == stages.stage(signal) ? base : base + "_" + stage;
    }

    private String operand(Signal signal, int place, int stage) {
        Signal operand = signal.operand(place);
        return operand.isConstant() ? literal(operand.constant()) : nameAt(operand, stage);
    }

    private static String literal(long value) {
        int width = Signal.width(Range.of(value));
        return value < 0
                ? "-" + Math.max(2, width + 1) + "'sd"
                        + BigInteger.valueOf(value).negate()
                : width + "'sd" + value;
    }

    private static String vector(int width) {
        return width == 1 ? "" : "[" + (width - 1) + ":0] ";
    }

    private static String declared(String kind, Signal signal) {
        return signal.isFlag() ? kind + " " : kind + " signed [" + (signal.width() - 1) + ":0] ";
    }

    private void print(Signal signal) {
        int stage = stages.stage(signal);
        String own = "n" + signal.number();
        if (signal.form() instanceof Signal.Form.Lookup(Rom rom)) {
            declarations
                    .append("    reg [")
                    .append(rom.width() - 1)
                    .append(":0] ")
                    .append(own)
                    .append(";\n");
            String address = operand(signal, 0, stage - 1);
            clocked(stage)
                    .append("        ")
                    .append(own)
                    .append(" <= ")
                    .append(rom.name())
                    .append('[')
                    .append(address)
                    .append("];\n");
            return;
        }
        if (Stages.isClocked(signal)) {
            declarations
                    .append("    ")
                    .append(declared("reg", signal))
                    .append(own)
                    .append(";\n");
            clocked(stage)
                    .append("        ")
                    .append(own)
                    .append(" <= ")
                    .append(formula(signal, stage - 1))
                    .append(";\n");
        } else {
            declarations
                    .append("    ")
                    .append(declared("wire", signal))
                    .append(own)
                    .append(" = ")
                    .append(formula(signal, stage))
                    .append(";\n");
        }
        String before = own;
        for (int later = stage + 1; later <= lastUse.getOrDefault(signal, stage); later++) {
            String next = own + "_" + later;
            declarations
                    .append("    ")
                    .append(declared("reg", signal))
                    .append(next)
                    .append(";\n");
            clocked(later)
                    .append("        ")
                    .append(next)
                    .append(" <= ")
                    .append(before)
                    .append(";\n");
            before = next;
        }
    }

    private String formula(Signal signal, int stage) {
        return switch (signal.form()) {
            case Signal.Form.Constant(long value) -> literal(value);
            case Signal.Form.Counter(Axis axis) -> "{1'b0, " + Expect.present(counters.get(axis), axis) + "}";
            case Signal.Form.Active(int phase) -> "phase == " + phase;
            case Signal.Form.Function(Signal.Gate gate) -> function(gate, signal, stage);
            case Signal.Form.Lookup(Rom rom) -> rom.name();
            case Signal.Form.Recall(Ram ram) -> ramOf(signal, ram) + "[" + operand(signal, 0, stage) + "]";
            case Signal.Form.Before(Register register) -> Expect.present(registers.get(register), register);
            case Signal.Form.Take(Port port, int lane) -> element(port.buffer(), lane);
            case Signal.Form.Slice(int lowest) -> slice(signal, operand(signal, 0, stage), lowest);
        };
    }

    private static String slice(Signal signal, String word, int lowest) {
        int bits = Rom.bits(signal.range());
        String part = word + "[" + (lowest + bits - 1) + ":" + lowest + "]";
        return signal.range().lo() < 0 ? "$signed(" + part + ")" : "{1'b0, " + part + "}";
    }

    private String element(Buffer buffer, int lane) {
        Port port = ports.stream()
                .filter(each -> !each.written() && each.buffer() == buffer)
                .findFirst()
                .orElseThrow();
        int bits = port.elementBits();
        String part = port.name() + "_data[" + (lane * bits + bits - 1) + ":" + lane * bits + "]";
        return port.range().lo() < 0 ? "$signed(" + part + ")" : "{1'b0, " + part + "}";
    }

    private String function(Signal.Gate gate, Signal signal, int stage) {
        String a = operand(signal, 0, stage);
        String b = signal.operands().size() > 1 ? operand(signal, 1, stage) : "";
        return switch (gate) {
            case ADD -> a + " + " + b;
            case SUBTRACT -> a + " - " + b;
            case MULTIPLY -> a + " * " + b;
            case SHIFT_RIGHT -> a + " >>> " + signal.operand(1).constant();
            case DIVIDE -> a + " / " + b;
            case REMAINDER -> a + " % " + b;
            case AND -> a + " & " + b;
            case OR -> a + " | " + b;
            case XOR -> a + " ^ " + b;
            case LESS -> a + " < " + b;
            case EQUAL -> a + " == " + b;
            case SELECT -> a + " ? " + b + " : " + operand(signal, 2, stage);
            case BOTH -> a + " && " + b;
            case EITHER -> a + " || " + b;
            case NOT -> "!" + a;
            case WRAP -> slice(signal, a, 0);
        };
    }

    // Memories. Each place that reads has a copy of its own.

    private final Map<Signal, String> copies = new LinkedHashMap<>();

    private String ramOf(Signal recall, Ram ram) {
        return copies.computeIfAbsent(recall, _ -> unique(ram.name()));
    }

    private void declareState() {
        for (Signal signal : signals.all()) {
            if (!lastUse.containsKey(signal)) {
                continue;
            }
            if (signal.form() instanceof Signal.Form.Recall(Ram ram)) {
                String copy = ramOf(signal, ram);
                declarations
                        .append("    reg [")
                        .append(Rom.bits(ram.range()) - 1)
                        .append(":0] ")
                        .append(copy)
                        .append(" [0:")
                        .append(ram.words() - 1)
                        .append("];\n");
            } else if (signal.form() instanceof Signal.Form.Lookup(Rom rom)) {
                declareRom(rom);
            }
        }
    }

    private final Set<Rom> declared = new LinkedHashSet<>();

    private void declareRom(Rom rom) {
        if (!declared.add(rom)) {
            return;
        }
        names.add(rom.name());
        String file = name + "_" + rom.name() + ".hex";
        declarations
                .append("    reg [")
                .append(rom.width() - 1)
                .append(":0] ")
                .append(rom.name())
                .append(" [0:")
                .append(rom.words().size() - 1)
                .append("];\n    initial $readmemh(\"")
                .append(file)
                .append("\", ")
                .append(rom.name())
                .append(");\n");
        StringBuilder words = new StringBuilder();
        for (long[] word : rom.words()) {
            BigInteger packed = BigInteger.ZERO;
            for (int lane = 0; lane < word.length; lane++) {
                BigInteger mask = BigInteger.ONE
                        .shiftLeft(Rom.bits(rom.lanes().get(lane)))
                        .subtract(BigInteger.ONE);
                packed = packed.or(BigInteger.valueOf(word[lane]).and(mask).shiftLeft(rom.lowest(lane)));
            }
            words.append(packed.toString(16)).append('\n');
        }
        contents.add(new KernelModule.Contents(file, words.toString()));
    }

    // What iterations leave behind.

    private void effect(Effect effect) {
        int stage = stageOf(effect);
        switch (effect) {
            case Effect.Keep(Register register, Signal value) ->
                clocked(stage)
                        .append("        if (valid_")
                        .append(stage)
                        .append(") ")
                        .append(registers.get(register))
                        .append(" <= ")
                        .append(use(value, stage))
                        .append(";\n");
            case Effect.Write(Ram ram, _, Signal when, Signal address, Signal value) -> {
                String condition = condition(when, stage);
                String at = use(address, stage);
                String what = use(value, stage);
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
        String what = use(value, stage);
        wires.add("    wire signed [" + width + ":0] " + wire + " = " + what + ";\n");
        return wire + "[" + (width - 1) + ":0]";
    }

    private String condition(Signal when, int stage) {
        return when.isConstant(1) ? "valid_" + stage : "valid_" + stage + " && " + use(when, stage);
    }

    private void takes() {
        Map<Buffer, Signal> takes = datapath.takes();
        for (Port port : ports) {
            if (!port.written()) {
                Signal when = Expect.present(takes.get(port.buffer()), port);
                int stage = signals.all().stream()
                        .filter(signal -> signal.form() instanceof Signal.Form.Take(Port other, _)
                                && other.buffer() == port.buffer())
                        .mapToInt(stages::stage)
                        .max()
                        .orElse(0);
                inputs.put(port, condition(when, stage));
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
                beats.add(new Rhythm.Beat(port, when, stages.stage(when)));
            }
        }
        return new Rhythm(datapath.phases(), beats, pauses::between);
    }

    // All together.

    private String text(List<String> header, String control) {
        StringBuilder text = new StringBuilder();
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
                    .append(vector(port.width()))
                    .append(port.name())
                    .append("_data");
        }
        text.append("\n);\n");
        counters.forEach((axis, counter) -> text.append("    reg ")
                .append(vector(Rom.bits(axis.range())))
                .append(counter)
                .append(";\n"));
        boolean phased = datapath.phases().all().size() > 1;
        if (phased) {
            text.append("    reg ")
                    .append(vector(Rom.bits(new Range(0, datapath.phases().all().size() - 1L))))
                    .append("phase;\n");
        }
        boolean pauses = control.contains("pause <= ");
        if (pauses) {
            text.append("    reg [3:0] pause;\n");
        }
        registers.forEach((register, own) -> text.append("    reg signed [")
                .append(Signal.width(register.range()) - 1)
                .append(":0] ")
                .append(own)
                .append(";\n"));
        text.append("    wire valid_0 = ")
                .append(pauses ? "pause == 0" : "1'b1")
                .append(";\n");
        for (int stage = 1; stage <= depth; stage++) {
            text.append("    reg valid_").append(stage).append(";\n");
        }
        text.append(declarations);
        wires.forEach(text::append);
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
        text.append("\n    // The loops: one iteration in each cycle.\n    always @(posedge clock)\n")
                .append("        if (reset) begin\n");
        counters.forEach((axis, counter) -> text.append("            ")
                .append(counter)
                .append(" <= ")
                .append(loops.start(axis))
                .append(";\n"));
        if (phased) {
            text.append("            phase <= 0;\n");
        }
        if (pauses) {
            text.append("            pause <= 0;\n");
        }
        text.append("        end else if (advance) begin\n");
        if (pauses) {
            text.append("            if (pause != 0) pause <= pause - 1'd1; else begin\n")
                    .append(control)
                    .append("            end\n");
        } else {
            text.append(control);
        }
        text.append("        end\n\n");
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
        if (!front.isEmpty()) {
            text.append("    // Stages that wait for streams.\n    always @(posedge clock) if (advance) begin\n")
                    .append(front)
                    .append("    end\n\n");
        }
        if (!back.isEmpty()) {
            text.append("    // Stages that go on without.\n    always @(posedge clock) if (free) begin\n")
                    .append(back)
                    .append("    end\n\n");
        }
        for (Writing write : writes) {
            copies.forEach((recall, copy) -> {
                if (recall.form() instanceof Signal.Form.Recall(Ram ram) && ram == write.ram()) {
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
            });
        }
        return text.append("endmodule\n").toString();
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
