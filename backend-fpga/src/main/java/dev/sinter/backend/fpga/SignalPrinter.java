package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Range;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Prints the signals of a kernel: each as wires in the stage in which it comes to be, and as registers in those to
/// which it is carried on.
final class SignalPrinter {
    private final String module;
    private final Names names;
    private final Stages stages;
    private final Signals signals;
    private final List<Port> ports;
    private final int split;
    private final StringBuilder declarations = new StringBuilder();
    private final StringBuilder front = new StringBuilder();
    private final StringBuilder back = new StringBuilder();
    private final Map<Signal, Integer> lastUse = new LinkedHashMap<>();
    private final List<KernelModule.Contents> contents = new ArrayList<>();
    private final Map<Signal, String> copies = new LinkedHashMap<>();
    private final Set<Rom> declared = new LinkedHashSet<>();

    /// @param split the last stage that waits for streams
    SignalPrinter(String module, Names names, Signals signals, Stages stages, List<Port> ports, int split) {
        this.module = module;
        this.names = names;
        this.signals = signals;
        this.stages = stages;
        this.ports = ports;
        this.split = split;
    }

    /// Prints all signals that were used.
    void print() {
        declareState();
        for (Signal signal : signals.all()) {
            if (lastUse.containsKey(signal)) {
                print(signal);
            }
        }
    }

    /// What must stand before statements.
    String declarations() {
        return declarations.toString();
    }

    /// What is set while there is something to read.
    String front() {
        return front.toString();
    }

    /// What is set even while there is nothing to read.
    String back() {
        return back.toString();
    }

    /// What memories that are never written hold.
    List<KernelModule.Contents> contents() {
        return contents;
    }

    /// The memories that hold the same as `ram`, one for each place that reads it.
    List<String> copies(Ram ram) {
        List<String> own = new ArrayList<>();
        copies.forEach((recall, copy) -> {
            if (recall.form() instanceof Signal.Form.Recall(Ram other) && other == ram) {
                own.add(copy);
            }
        });
        return own;
    }

    /// What is set at the clock edge that begins a stage.
    StringBuilder clocked(int stage) {
        return stage > split ? back : front;
    }

    /// The name of a signal as it is in a stage; it is passed on to there.
    String use(Signal signal, int stage) {
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

    /// How wires of that number are declared.
    static String vector(int width) {
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
            case Signal.Form.Counter(Axis axis) ->
                "{1'b0, " + Expect.present(names.counters().get(axis), axis) + "}";
            case Signal.Form.Active(int phase) -> "phase == " + phase;
            case Signal.Form.Function(Signal.Gate gate) -> function(gate, signal, stage);
            case Signal.Form.Lookup(Rom rom) -> rom.name();
            case Signal.Form.Recall(Ram ram) -> ramOf(signal, ram) + "[" + operand(signal, 0, stage) + "]";
            case Signal.Form.Before(Register register) ->
                Expect.present(names.registers().get(register), register);
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

    private String ramOf(Signal recall, Ram ram) {
        return copies.computeIfAbsent(recall, _ -> names.unique(ram.name()));
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

    private void declareRom(Rom rom) {
        if (!declared.add(rom)) {
            return;
        }
        names.unique(rom.name());
        String file = module + "_" + rom.name() + ".hex";
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
}
