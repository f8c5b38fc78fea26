package dev.sinter.ir.kernel;

import dev.sinter.ir.evaluate.EvaluationReport;
import dev.sinter.ir.evaluate.HostMemory;
import dev.sinter.ir.evaluate.KernelEvaluator;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.lower.Lowering;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Loop;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Memory;
import dev.sinter.ir.schedule.Placement;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Kernels and their contents for tests.
public final class SmallKernels {
    private SmallKernels() {}

    /// A 3x3 convolution of 5 to 6 channels over 7x7, with bias, relu and a 2x2 max pool, in one kernel: vectors of 4
    /// output channels, `columns` pooled columns per work-item.
    public static Kernel convReluPool(boolean halo, long columns) {
        Value x = new Value("x", TensorType.float32(1, 5, 7, 7));
        Value w = new Value("w", TensorType.float32(6, 5, 3, 3));
        Value b = new Value("b", TensorType.float32(6));
        Conv conv = Conv.of(1, 1);
        Node node = Node.infer("conv", conv, List.of(x, w, b));
        Stage biased = conv.compute(node.signature(), List.of(Access.of(x), Access.of(w), Access.of(b)))
                .getFirst();
        Stage sum = Group.callees(biased).stream().findFirst().orElse(biased);
        Node relu = Node.infer("relu", Unary.RELU, List.of(node.output()));
        Stage rectified =
                Unary.RELU.compute(relu.signature(), List.of(Access.of(biased))).getFirst();
        MaxPool pool = new MaxPool(Window.square(2, 2));
        Node pooled = Node.infer("pool", pool, List.of(relu.output()));
        Stage root =
                pool.compute(pooled.signature(), List.of(Access.of(rectified))).getFirst();

        Axis channel = root.axes().get(1);
        Axis row = root.axes().get(2);
        Axis column = root.axes().get(3);
        List<Loop> loops = new ArrayList<>(List.of(
                new Loop(channel, 4, 2, new LoopKind.Global(2)),
                Loop.over(row, new LoopKind.Global(1)),
                new Loop(column, columns, Math.ceilDiv(column.extent(), columns), new LoopKind.Global(0))));
        root.reduction().forEach(axis -> loops.add(Loop.over(axis, LoopKind.UNROLL)));
        if (columns > 1) {
            loops.add(new Loop(column, 1, columns, LoopKind.UNROLL));
        }
        loops.add(new Loop(channel, 1, 4, LoopKind.VECTOR));
        List<Loop> inner = new ArrayList<>();
        sum.reduction().forEach(axis -> inner.add(Loop.over(axis, LoopKind.SERIAL)));
        inner.add(Loop.overDemand(sum.axes().get(2), LoopKind.UNROLL));
        inner.add(Loop.overDemand(sum.axes().get(3), LoopKind.UNROLL));
        inner.add(Loop.overDemand(sum.axes().get(1), LoopKind.VECTOR));
        Map<Stage, StagePlan> plans = new LinkedHashMap<>();
        Group group = Group.of("conv", pooled.output(), root);
        group.stages().forEach(stage -> plans.put(stage, StagePlan.INLINE));
        plans.put(root, new StagePlan(Placement.ROOT, loops));
        plans.put(sum, new StagePlan(new Placement.At(root, 3, Memory.REGISTERS), inner));
        Layout blocked = Layout.blocked(x.type().shape(), 1, 4);
        List<Range> reach = List.of(new Range(0, 0), new Range(0, 4), new Range(-1, 7), new Range(-1, 7));
        Layout input = halo ? blocked.withHalo(reach, 0) : blocked;
        Map<Source, Layout> layouts = new IdentityHashMap<>();
        layouts.put(x, input);
        layouts.put(w, Layout.packed(w.type().shape(), 0, 4));
        layouts.put(b, Layout.packed(b.type().shape(), 0, 4));
        layouts.put(pooled.output(), Layout.blocked(pooled.output().type().shape(), 1, 4));
        Schedule schedule = new Schedule(plans);
        Kernels.Part part = Kernels.of(group, schedule::stores).parts().getFirst();
        return Lowering.lower(Lowering.check(part, schedule, layouts::get).orThrow(), layouts::get, new Identifiers());
    }

    /// Random small integers for what a kernel reads, so that sums are exact in any order; unwritten memory for the
    /// rest.
    public static Map<Buffer, HostMemory> memory(Kernel kernel, long seed) {
        Random random = new Random(seed);
        Map<Buffer, HostMemory> memory = new LinkedHashMap<>();
        for (Kernel.Argument argument : kernel.arguments()) {
            Buffer buffer = argument.buffer();
            if (argument.written()) {
                memory.put(buffer, HostMemory.unwritten(buffer.element(), buffer.elements()));
                continue;
            }
            Tensor tensor = Tensor.allocate(
                    new TensorType(buffer.element(), argument.layout().logical()));
            for (long i = 0; i < tensor.shape().elements(); i++) {
                tensor.set(i, random.nextInt(17) - 8);
            }
            memory.put(buffer, HostMemory.of(tensor, argument.layout()));
        }
        return memory;
    }

    /// What the kernel computes from [#memory(Kernel, long)].
    ///
    /// @throws AssertionError if the evaluator finds anything wrong
    public static Tensor result(Kernel kernel, long seed) {
        Map<Buffer, HostMemory> memory = memory(kernel, seed);
        EvaluationReport report = KernelEvaluator.run(kernel, memory);
        if (!report.isClean()) {
            throw new AssertionError(report.toString());
        }
        return memory.get(kernel.outputs().getFirst().buffer())
                .toTensor(kernel.outputs().getFirst().layout());
    }

    /// A kernel of one work-item over row-major vectors.
    public static Kernel task(List<Buffer> inputs, Buffer output, List<Stmt> body) {
        return new Kernel("task", "task", arguments(inputs, output), new Launch.SingleTask(), body);
    }

    public static List<Kernel.Argument> arguments(List<Buffer> inputs, Buffer output) {
        List<Kernel.Argument> arguments = new ArrayList<>();
        inputs.forEach(input -> arguments.add(argument(input, false)));
        arguments.add(argument(output, true));
        return arguments;
    }

    private static Kernel.Argument argument(Buffer buffer, boolean written) {
        TensorType type = TensorType.of(buffer.element(), buffer.elements());
        return new Kernel.Argument(buffer, new Value(buffer.name(), type), Layout.rowMajor(type.shape()), written);
    }

    public static Buffer floats(String name, long elements) {
        return new Buffer(name, ElementType.FLOAT32, elements);
    }
}
