package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.Packing;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.op.Role;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.transform.UnrollExpansion;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Makes modules of the kernels of a program, and links each that reads a tensor with the one that yields it.
final class DesignBuilder {
    /// How many gates may follow each other between two clock edges.
    private static final int GATES = 7;

    private final Program program;
    private final Target target;
    private final Function<Value, Range> inputRanges;
    private final List<Draft> modules = new ArrayList<>();
    private final List<Design.Link> links = new ArrayList<>();
    private final Map<Source, Yield> yields = new IdentityHashMap<>();
    private final List<Design.Stream> inputs = new ArrayList<>();

    /// How many multiplier blocks are left for the kernels to come.
    private long multipliers;

    /// A module before it is printed.
    private record Draft(String name, Schematic schematic, Rhythm rhythm, List<String> header, long multipliers) {
        KernelModule printed(Set<Rom> loading) {
            ModulePrinter.Printed printed = ModulePrinter.print(name, schematic, header, loading);
            return new KernelModule(
                    name,
                    header.getFirst(),
                    printed.verilog(),
                    printed.contents(),
                    printed.loaded(),
                    multipliers,
                    rhythm.cycles(),
                    printed.parts(),
                    rhythm.traffic());
        }
    }

    /// What yields a tensor, and in which order.
    private record Yield(Design.End end, long[] order) {
        Port port() {
            return end.port();
        }
    }

    private DesignBuilder(Program program, Target target, Function<Value, Range> inputRanges) {
        this.program = program;
        this.target = target;
        this.multipliers = target.fpga().map(Target.Fpga::dsps).orElse(Long.MAX_VALUE);
        this.inputRanges = inputRanges;
    }

    /// @param inputRanges between which numbers the elements of each input lie
    /// @throws CompileException if a layer cannot become hardware; it says which, and why
    static Design build(String name, Program program, Target target, Function<Value, Range> inputRanges) {
        return new DesignBuilder(program, target, inputRanges).design(name);
    }

    private Design design(String name) {
        for (Step step : program.plan().steps()) {
            for (Kernel kernel : step.kernels()) {
                try {
                    add(kernel, label(step, kernel));
                } catch (Unsupported fact) {
                    throw new CompileException(
                            Code.FPGA_LAYER,
                            kernel.label(),
                            "cannot become hardware: " + fact.getMessage(),
                            "the layers before it can, if the network ends there");
                }
            }
        }
        List<Design.Stream> outputs = new ArrayList<>();
        for (Value output : program.plan().graph().outputs()) {
            Yield yield = yields.get(program.plan().memoryOf(output));
            if (yield == null) {
                throw new CompileException(
                        Code.FPGA_LAYER, output.name(), "is no result of hardware", "leave it out of the outputs");
            }
            Port sink = new Port(
                    "out" + outputs.size(),
                    yield.port().buffer(),
                    true,
                    yield.port().lanes(),
                    yield.port().range());
            link("to_" + sink.name(), yield.end(), Design.End.outside(sink));
            outputs.add(new Design.Stream(
                    output,
                    sink.name(),
                    logical(yield.order(), program.plan().layout(output)),
                    sink.lanes(),
                    sink.range()));
        }
        Set<Rom> loading = Loading.of(
                target,
                modules.stream()
                        .flatMap(module -> module.schematic().datapath().signals().all().stream())
                        .flatMap(signal ->
                                signal.form() instanceof Signal.Form.Lookup(Rom rom) ? Stream.of(rom) : Stream.empty())
                        .toList());
        List<KernelModule> printed =
                modules.stream().map(module -> module.printed(loading)).toList();
        return new Design(name, printed, Flow.sized(printed, links), inputs, outputs);
    }

    /// What a kernel computes, by the names of its layers that are more than a function of each element.
    private static String label(Step step, Kernel kernel) {
        String layers = step.cluster().nodes().stream()
                .filter(node -> !node.op().isElementwise() && node.op().role() != Role.RESHAPE)
                .map(Node::name)
                .collect(Collectors.joining(" + "));
        return layers.isEmpty() || step.kernels().size() > 1 ? kernel.label() : layers;
    }

    private void add(Kernel kernel, String label) {
        Kernel expanded = UnrollExpansion.apply(kernel);
        Map<Buffer, Kernel.Argument> arguments = new HashMap<>();
        expanded.arguments().forEach(argument -> arguments.put(argument.buffer(), argument));
        Map<Buffer, Tensor> constants = new HashMap<>();
        for (Kernel.Argument argument : expanded.arguments()) {
            if (!argument.written()) {
                program.constant(argument.source())
                        .ifPresent(tensor -> constants.put(argument.buffer(), packed(tensor, argument.layout())));
            }
        }
        Function<Buffer, Optional<Tensor>> constant = buffer -> Optional.ofNullable(constants.get(buffer));
        Function<Buffer, Range> stream = buffer -> range(Expect.present(arguments.get(buffer), buffer));
        Schematic schematic = schematic(expanded, constant, stream, true);
        long wanted = schematic.products().size();
        if (blocks(schematic) > multipliers) {
            schematic = schematic(expanded, constant, stream, false);
        }
        multipliers -= blocks(schematic);
        Rhythm rhythm = new Rhythm(schematic);
        int number = modules.size();
        String name = "kernel_" + number;
        List<String> header = List.of(label, "written by Sinter from its kernel " + kernel.name());
        modules.add(new Draft(name, schematic, rhythm, header, wanted));
        for (Rhythm.Traffic traffic : rhythm.traffic()) {
            Kernel.Argument argument =
                    Expect.present(arguments.get(traffic.port().buffer()), traffic.port());
            Design.End end = Design.End.of(number, traffic.port());
            if (traffic.port().written()) {
                yields.put(program.plan().memoryOf(argument.source()), new Yield(end, traffic.order()));
            } else {
                connect(end, argument, traffic.order());
            }
        }
    }

    /// How many multiplier blocks it takes.
    private long blocks(Schematic schematic) {
        Optional<CellModel> cells = target.fpga().flatMap(Target.Fpga::family).map(CellModel::of);
        return schematic.products().stream()
                .mapToLong(product -> cells.map(model -> model.blocks(product)).orElse(1L))
                .sum();
    }

    /// @param blocks true if there are multiplier blocks
    private static Schematic schematic(
            Kernel expanded,
            Function<Buffer, Optional<Tensor>> constant,
            Function<Buffer, Range> stream,
            boolean blocks) {
        Phases phases = Phases.of(expanded.body());
        Accumulation accumulation = Accumulation.of(expanded.body(), constant, stream);
        return Schematic.of(new Datapath(phases, constant, stream, accumulation, blocks), GATES);
    }

    /// Where all elements are read in the order in which they come.
    private void link(String name, Design.End from, Design.End to) {
        links.add(new Design.Link(name, from, to, new boolean[0], new int[0], Flow.LEAST_DEPTH));
    }

    private static Tensor packed(Tensor tensor, Layout layout) {
        if (layout.isRowMajor()) {
            return tensor;
        }
        Tensor memory = Tensor.allocate(TensorType.of(tensor.type().element(), layout.elements()));
        Packing.clear(memory.data(), layout, tensor.type().element());
        Packing.pack(tensor, layout, memory.data());
        return memory;
    }

    private Range range(Kernel.Argument argument) {
        Source source = program.plan().memoryOf(argument.source());
        Yield yield = yields.get(source);
        if (yield != null) {
            return yield.port().range();
        }
        if (source instanceof Value value && program.plan().graph().inputs().contains(value)) {
            return inputRanges.apply(value);
        }
        throw new Unsupported(argument.source() + " comes from no layer of the hardware");
    }

    private void connect(Design.End sink, Kernel.Argument argument, long[] order) {
        Set<Long> wanted = readOnce(argument, order);
        Source source = program.plan().memoryOf(argument.source());
        Yield yield = yields.get(source);
        if (yield == null) {
            Port own = sink.port();
            Port outside = new Port("in" + inputs.size(), own.buffer(), false, own.lanes(), own.range());
            link("from_" + outside.name(), Design.End.outside(outside), sink);
            inputs.add(new Design.Stream(
                    (Value) source, outside.name(), logical(order, argument.layout()), own.lanes(), own.range()));
            return;
        }
        long[] comes = LongStream.of(yield.order()).filter(wanted::contains).toArray();
        boolean[] kept = new boolean[comes.length == yield.order().length ? 0 : yield.order().length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = wanted.contains(yield.order()[i]);
        }
        int[] places = Arrays.equals(comes, order) ? new int[0] : places(argument, comes, order);
        links.add(new Design.Link("link_" + links.size(), yield.end(), sink, kept, places, Flow.LEAST_DEPTH));
    }

    /// The elements that are read.
    private static Set<Long> readOnce(Kernel.Argument argument, long[] order) {
        Set<Long> seen = new HashSet<>();
        for (long element : order) {
            if (!seen.add(element)) {
                throw new Unsupported(
                        "element " + element + " of " + argument.source().name() + " is read more than once");
            }
        }
        return seen;
    }

    /// For each element in the order in which it comes, where it stands in the order in which it is read.
    private static int[] places(Kernel.Argument argument, long[] comes, long[] isRead) {
        if (comes.length != isRead.length) {
            throw new Unsupported(comes.length + " elements of "
                    + argument.source().name() + " come, and " + isRead.length + " are read");
        }
        Map<Long, Integer> placeOf = new HashMap<>();
        for (int i = 0; i < isRead.length; i++) {
            placeOf.put(isRead[i], i);
        }
        return LongStream.of(comes)
                .mapToInt(element -> Expect.present(placeOf.get(element), argument))
                .toArray();
    }

    /// Offsets in memory as offsets in the tensor.
    private static long[] logical(long[] offsets, Layout layout) {
        if (layout.isRowMajor()) {
            return offsets;
        }
        Shape shape = layout.logical();
        Tensor numbers = Tensor.allocate(new TensorType(ElementType.INT32, shape));
        for (int i = 0; i < shape.elements(); i++) {
            numbers.setLong(i, i);
        }
        Tensor memory = packed(numbers, layout);
        return Arrays.stream(offsets).map(memory::getLong).toArray();
    }
}
