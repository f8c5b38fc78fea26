package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Range;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Counts what a kernel's module is made of.
final class KernelParts {
    /// What a stream takes to be met: whether it is wanted, and whether it is there.
    private static final int MEETING = 3;

    private final Schematic schematic;
    private final Stages stages;
    private final Map<Signal, Integer> lastUse;
    private final Set<Rom> loading;
    private final Parts parts = new Parts();

    private KernelParts(Schematic schematic, Map<Signal, Integer> lastUse, Set<Rom> loading) {
        this.schematic = schematic;
        this.stages = schematic.stages();
        this.lastUse = lastUse;
        this.loading = loading;
    }

    /// @param lastUse for each signal that is used the last stage in which it is
    /// @param loading the constants that are loaded at the start
    static Parts of(Schematic schematic, Map<Signal, Integer> lastUse, Set<Rom> loading) {
        KernelParts kernel = new KernelParts(schematic, lastUse, loading);
        lastUse.keySet().forEach(kernel::count);
        kernel.state();
        return kernel.parts;
    }

    private void state() {
        Set<Axis> axes = new LinkedHashSet<>();
        schematic.datapath().phases().all().forEach(phase -> phase.loops().forEach(loop -> axes.add(loop.axis())));
        axes.forEach(axis -> counter(axis.range()));
        if (schematic.transitions().size() > 1) {
            counter(new Range(0, schematic.transitions().size() - 1L));
        }
        if (schematic.pauses().longest() > 0) {
            counter(new Range(0, schematic.pauses().longest()));
        }
        schematic
                .datapath()
                .registers()
                .forEach(register -> parts.add(Parts.Kind.REGISTER, Signal.width(register.range())));
        parts.add(Parts.Kind.REGISTER, stages.depth());
        parts.add(Parts.Kind.LOGIC, stages.depth());
        parts.add(
                Parts.Kind.LOGIC,
                (long) MEETING * schematic.datapath().meetings().size());
    }

    private void counter(Range range) {
        parts.add(Parts.Kind.COUNTER, Signal.stored(range));
        parts.add(Parts.Kind.REGISTER, Signal.stored(range));
    }

    private void count(Signal signal) {
        if (signal.isConstant()) {
            return;
        }
        long carried = (long) signal.width() * (lastUse.getOrDefault(signal, 0) - stages.of(signal));
        parts.add(Parts.Kind.REGISTER, carried);
        switch (signal.form()) {
            case Signal.Form.Function(Signal.Gate gate) -> function(gate, signal);
            case Signal.Form.Lookup(Rom rom) ->
                parts.add(new Parts.Memory(
                        rom.words().length, Signal.stored(rom.range()), false, true, loading.contains(rom)));
            case Signal.Form.Recall(Ram ram) ->
                parts.add(new Parts.Memory(ram.words(), Signal.stored(ram.range()), true, true, false));
            case Signal.Form.Constant _,
                    Signal.Form.Counter _,
                    Signal.Form.Active _,
                    Signal.Form.Before _,
                    Signal.Form.Take _ -> {}
        }
    }

    private void function(Signal.Gate gate, Signal signal) {
        int width = signal.width();
        boolean simple = signal.operands().stream().anyMatch(Signal::isConstant);
        int operands = signal.operands().stream().mapToInt(Signal::width).max().orElse(0);
        switch (gate) {
            case ADD, SUBTRACT -> {
                boolean ofProduct = signal.operands().stream().anyMatch(operand -> operand.isOf(Signal.Gate.MULTIPLY));
                Parts.Kind general = ofProduct ? Parts.Kind.PRODUCT_SUM : Parts.Kind.SUM;
                parts.add(simple ? Parts.Kind.CONSTANT_SUM : general, width);
            }
            case LESS, EQUAL -> parts.add(simple ? Parts.Kind.CONSTANT_COMPARISON : Parts.Kind.COMPARISON, operands);
            case SELECT -> parts.add(simple ? Parts.Kind.CONSTANT_CHOICE : Parts.Kind.CHOICE, width);
            case AND, OR, XOR -> {
                if (!simple) {
                    parts.add(Parts.Kind.LOGIC, width);
                }
            }
            case BOTH -> parts.add(Parts.Kind.LOGIC, 1);
            case HIGHEST_BIT -> parts.add(Parts.Kind.HIGHEST_BIT, width);
            case DIVIDE, REMAINDER ->
                parts.add(
                        Parts.Kind.DIVISION, (long) operands * signal.operand(1).width());
            case MULTIPLY -> parts.add(Parts.Product.of(signal));
            case MULTIPLY_SERIALLY -> {
                int factor = signal.operand(0).width();
                parts.add(Parts.Kind.SERIAL, factor * signal.operand(3).constant());
                parts.add(
                        Parts.Kind.REGISTER,
                        2L * factor + Signal.stored(signal.operand(1).range()));
            }
            case SHIFT_LEFT, SHIFT_RIGHT, NOT, WRAP -> {}
        }
    }
}
