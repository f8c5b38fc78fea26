package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Range;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Prints the signals of a kernel: each as wires in the stage in which it comes to be, and as registers in those to
/// which it is carried on.
final class SignalPrinter {
    private final String module;
    private final Names names;
    private final Stages stages;
    private final Signals signals;
    private final StringBuilder declarations = new StringBuilder();
    private final StringBuilder front = new StringBuilder();
    private final StringBuilder back = new StringBuilder();
    private final Map<Signal, Integer> lastUse = new LinkedHashMap<>();
    private final List<KernelModule.Contents> contents = new ArrayList<>();
    private final Set<Rom> loading;
    private final List<Rom> loaded = new ArrayList<>();

    /// @param loading the constants that are loaded at the start
    SignalPrinter(String module, Names names, Signals signals, Stages stages, Set<Rom> loading) {
        this.loading = loading;
        this.module = module;
        this.names = names;
        this.signals = signals;
        this.stages = stages;
    }

    /// Prints all signals that were used.
    void print() {
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

    /// The memories that are loaded at the start, in that order.
    List<Rom> loaded() {
        return loaded;
    }

    /// Of each signal that is used the last stage in which it is.
    Map<Signal, Integer> lastUse() {
        return lastUse;
    }

    /// The memories that hold the same as `ram`, one for each signal that reads it.
    List<String> copies(Ram ram) {
        return lastUse.keySet().stream()
                .filter(signal -> signal.form() instanceof Signal.Form.Recall(Ram other) && other == ram)
                .map(signal -> names.of(ram, signal))
                .toList();
    }

    /// Has something set at the clock edge that begins a stage.
    void set(int stage, String what, String value) {
        (stage > stages.split() ? back : front).append("        %s <= %s;\n".formatted(what, value));
    }

    /// The name of a signal as it is in a stage; it is passed on to there.
    String use(Signal signal, int stage) {
        if (signal.isConstant()) {
            return literal(signal.constant());
        }
        int own = stages.of(signal);
        if (own > stage) {
            throw new IllegalStateException(signal + " of stage " + own + " is used in stage " + stage);
        }
        Integer last = lastUse.get(signal);
        if (last == null) {
            int reads = own - Stages.edges(signal);
            signal.operands().forEach(operand -> use(operand, reads));
        }
        lastUse.merge(signal, stage, Math::max);
        return nameAt(signal, stage);
    }

    /// The name of a signal in the stage in which it comes to be.
    static String name(Signal signal) {
        return "n" + signal.number();
    }

    private String nameAt(Signal signal, int stage) {
        return stage == stages.of(signal) ? name(signal) : name(signal) + "_" + stage;
    }

    private static String literal(long value) {
        int width = Signal.width(Range.of(value));
        return value < 0
                ? "-%d'sd%s".formatted(width + 1, BigInteger.valueOf(value).negate())
                : "%d'sd%d".formatted(width, value);
    }

    /// Wires of that number, as they are declared.
    static String vector(int width) {
        return width == 1 ? "" : "[%d:0] ".formatted(width - 1);
    }

    private static String declaration(String kind, Signal signal, String name) {
        String type = signal.isFlag() ? "" : "signed [%d:0] ".formatted(signal.width() - 1);
        return "    %s %s%s".formatted(kind, type, name);
    }

    private void print(Signal signal) {
        int stage = stages.of(signal);
        if (signal.form() instanceof Signal.Form.Lookup(Rom rom) && loading.contains(rom)) {
            loaded(signal, rom, stage);
            carry(signal, stage);
            return;
        }
        memory(signal);
        if (signal.isOf(Signal.Gate.MULTIPLY_SERIALLY)) {
            serial(signal, stage);
        } else if (Stages.edges(signal) > 0) {
            declarations.append(declaration("reg", signal, name(signal))).append(";\n");
            set(stage, name(signal), formula(signal, stage - 1));
        } else {
            declarations.append(
                    "%s = %s;\n".formatted(declaration("wire", signal, name(signal)), formula(signal, stage)));
        }
        carry(signal, stage);
    }

    /// Takes a signal on to the stages in which it is used later.
    private void carry(Signal signal, int stage) {
        for (int later = stage + 1; later <= lastUse.getOrDefault(signal, stage); later++) {
            declarations
                    .append(declaration("reg", signal, nameAt(signal, later)))
                    .append(";\n");
            set(later, nameAt(signal, later), nameAt(signal, later - 1));
        }
    }

    /// A product whose low bits take the place of those of a factor that are done with.
    private void serial(Signal signal, int stage) {
        int start = stage - Stages.edges(signal);
        int atOnce = (int) signal.operand(3).constant();
        int bits = atOnce * Products.steps(signal.operand(1), atOnce);
        int width = signal.operand(0).width();
        String name = name(signal);
        declarations.append("""
                reg signed [%2$d:0] %1$s_factor;
                reg signed [%2$d:0] %1$s_sum_0;
                reg [%3$d:0] %1$s_bits;
            """.formatted(name, width - 1, bits - 1));
        List<String> done = new ArrayList<>();
        for (int bit = 0; bit < atOnce; bit++) {
            declarations.append("""
                    wire signed [%2$d:0] %1$s_next_%3$d = %1$s_sum_%3$d + (%1$s_bits[%3$d] ? %1$s_factor : 1'sd0);
                    wire signed [%4$d:0] %1$s_sum_%5$d = %1$s_next_%3$d >>> 1;
                """.formatted(name, width, bit, width - 1, bit + 1));
            done.addFirst("%s_next_%d[0]".formatted(name, bit));
        }
        if (bits > atOnce) {
            done.add("%s_bits[%d:%d]".formatted(name, bits - 1, atOnce));
        }
        declarations.append("%1$s = {%2$s_sum_0, %2$s_bits};\n".formatted(declaration("wire", signal, name), name));
        back.append("""
                    if (valid_%2$d && %3$s) begin
                        %1$s_factor <= %4$s;
                        %1$s_bits <= %5$s;
                        %1$s_sum_0 <= 0;
                    end else begin
                        %1$s_bits <= {%6$s};
                        %1$s_sum_0 <= %1$s_sum_%7$d;
                    end
            """.formatted(
                        name,
                        start,
                        use(signal.operand(2), start),
                        use(signal.operand(0), start),
                        use(signal.operand(1), start),
                        String.join(", ", done),
                        atOnce));
    }

    /// A memory that takes its words from those that are loaded, when those before it have theirs.
    private void loaded(Signal signal, Rom rom, int stage) {
        String before = loaded.isEmpty() ? "" : " && loaded_" + (loaded.size() - 1);
        int bits = Signal.stored(rom.range());
        int addressBits = TopPrinter.bitsFor(rom.words().length - 1);
        declarations.append("""
                wire loaded_%1$d;
                wire [%2$d:0] %3$s_word;
                wire [%4$d:0] %3$s_address = %5$s;
                sinter_constants #(.BITS(%6$d), .COUNT(%7$d), .WIDTH(%8$d)) %3$s_memory (
                    .clock(clock), .reset(load_reset), .load_valid(load_valid%9$s), .load_data(load_data),
                    .loaded(loaded_%1$d), .enable(%10$s), .address(%3$s_address), .word(%3$s_word));
                %11$s = %12$s;
            """.formatted(
                        loaded.size(),
                        bits - 1,
                        name(signal),
                        addressBits - 1,
                        use(signal.operand(0), stage - 1),
                        addressBits,
                        rom.words().length,
                        bits,
                        before,
                        stage > stages.split() ? "free" : "advance",
                        declaration("wire", signal, name(signal)).strip(),
                        part(signal, name(signal) + "_word", 0)));
        loaded.add(rom);
    }

    /// Declares the memory that a signal reads, if it does.
    private void memory(Signal signal) {
        switch (signal.form()) {
            case Signal.Form.Recall(Ram ram) -> memory(ram.range(), names.of(ram, signal), ram.words());
            case Signal.Form.Lookup(Rom rom) -> {
                String name = names.of(rom);
                String file = module + "_" + name + ".hex";
                memory(rom.range(), name, rom.words().length);
                declarations.append("    initial $readmemh(\"%s\", %s);\n".formatted(file, name));
                contents.add(new KernelModule.Contents(file, words(rom)));
            }
            case Signal.Form.Constant _,
                    Signal.Form.Counter _,
                    Signal.Form.Active _,
                    Signal.Form.Function _,
                    Signal.Form.Before _,
                    Signal.Form.Take _ -> {}
        }
    }

    private void memory(Range range, String name, long words) {
        declarations.append("    reg [%d:0] %s [0:%d];\n".formatted(Signal.stored(range) - 1, name, words - 1));
    }

    private static String words(Rom rom) {
        long mask = -1L >>> (64 - Signal.stored(rom.range()));
        return LongStream.of(rom.words())
                .mapToObj(word -> Long.toHexString(word & mask) + "\n")
                .collect(Collectors.joining());
    }

    private String formula(Signal signal, int stage) {
        return switch (signal.form()) {
            case Signal.Form.Constant(long value) -> literal(value);
            case Signal.Form.Counter(Axis axis) -> "{1'b0, " + names.of(axis) + "}";
            case Signal.Form.Active(int phase) -> "phase == " + phase;
            case Signal.Form.Function(Signal.Gate gate) -> function(gate, signal, stage);
            case Signal.Form.Lookup(Rom rom) -> "%s[%s]".formatted(names.of(rom), use(signal.operand(0), stage));
            case Signal.Form.Recall(Ram ram) ->
                "%s[%s]".formatted(names.of(ram, signal), use(signal.operand(0), stage));
            case Signal.Form.Before(Register register) -> names.of(register);
            case Signal.Form.Take(var buffer, int lane) -> {
                int bits = Signal.stored(signal.range());
                yield part(signal, buffer.name() + "_data", lane * bits);
            }
        };
    }

    /// The bits of `word` from `lowest` on that a signal is.
    private static String part(Signal signal, String word, int lowest) {
        String bits = "%s[%d:%d]".formatted(word, lowest + Signal.stored(signal.range()) - 1, lowest);
        return signal.range().lo() < 0 ? "$signed(" + bits + ")" : "{1'b0, " + bits + "}";
    }

    private String function(Signal.Gate gate, Signal signal, int stage) {
        String a = use(signal.operand(0), stage);
        String b = signal.operands().size() > 1 ? use(signal.operand(1), stage) : "";
        return switch (gate) {
            case ADD -> a + " + " + b;
            case SUBTRACT -> a + " - " + b;
            case MULTIPLY -> a + " * " + b;
            case MULTIPLY_SERIALLY -> throw new IllegalStateException("what takes many cycles has no formula");
            case SHIFT_LEFT -> a + " <<< " + signal.operand(1).constant();
            case HIGHEST_BIT -> highestBit(a, Signal.stored(signal.operand(0).range()));
            case SHIFT_RIGHT -> a + " >>> " + signal.operand(1).constant();
            case DIVIDE -> a + " / " + b;
            case REMAINDER -> a + " % " + b;
            case AND -> a + " & " + b;
            case OR -> a + " | " + b;
            case XOR -> a + " ^ " + b;
            case LESS -> a + " < " + b;
            case EQUAL -> a + " == " + b;
            case SELECT -> a + " ? " + b + " : " + use(signal.operand(2), stage);
            case BOTH -> a + " && " + b;
            case NOT -> "!" + a;
            case WRAP -> part(signal, a, 0);
        };
    }

    /// Each bit that is 1 and has none above it that is.
    private static String highestBit(String number, int bits) {
        return IntStream.iterate(bits - 1, bit -> bit >= 0, bit -> bit - 1)
                .mapToObj(bit -> bit == bits - 1
                        ? "%s[%d]".formatted(number, bit)
                        : "%1$s[%2$d] & ~|%1$s[%3$d:%4$d]".formatted(number, bit, bits - 1, bit + 1))
                .collect(Collectors.joining(", ", "{1'b0, ", "}"));
    }
}
