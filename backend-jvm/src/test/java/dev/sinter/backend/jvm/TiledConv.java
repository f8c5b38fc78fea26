package dev.sinter.backend.jvm;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Identifiers;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.lower.Lowering;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Loop;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Memory;
import dev.sinter.ir.schedule.Placement;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A convolution with bias and relu, and maybe a pool, in one kernel with a schedule made by hand.
///
/// @param input extents of the input
/// @param weights extents of the weights
/// @param pool what follows relu, if anything
/// @param lanes output channels side by side, in vectors if more than one
/// @param columns output columns of a work-item
/// @param halo true gives the input room for the padding, false leaves it to bounds of loops and choices
/// @param unrolled true writes out the window's loops
record TiledConv(
        List<Long> input,
        List<Long> weights,
        Conv conv,
        Optional<Op> pool,
        int lanes,
        long columns,
        boolean halo,
        boolean unrolled) {

    static Op maxPool(long size, long stride, long pad) {
        return new MaxPool(Window.square(size, stride, pad));
    }

    static Op averagePool(long size, long stride, long pad) {
        return new AveragePool(Window.square(size, stride, pad), false);
    }

    private static TensorType type(List<Long> extents) {
        return TensorType.float32(extents.stream().mapToLong(Long::longValue).toArray());
    }

    /// @throws dev.sinter.ir.diag.CompileException if the parts do not fit together
    Kernel kernel() {
        Value x = new Value("x", type(input));
        Value w = new Value("w", type(weights));
        Value b = new Value("b", TensorType.float32(weights.getFirst()));
        Node node = Node.infer("conv", conv, List.of(x, w, b));
        Stage root = conv.compute(node.signature(), List.of(Access.of(x), Access.of(w), Access.of(b)))
                .getFirst();
        Value output = node.output();
        List<Op> after = new ArrayList<>(List.of(Unary.RELU));
        pool.ifPresent(after::add);
        for (Op op : after) {
            Node next = Node.infer(op.mnemonic(), op, List.of(output));
            root = op.compute(next.signature(), List.of(Access.of(root))).getFirst();
            output = next.output();
        }
        Group group = Group.of("conv", output, root);
        Map<Stage, StagePlan> plans = new LinkedHashMap<>();
        group.stages().forEach(stage -> plans.put(stage, StagePlan.INLINE));
        List<Loop> loops = rootLoops(root);
        int depth = (int) loops.stream()
                .filter(loop -> loop.kind() instanceof LoopKind.Global)
                .count();
        plans.put(root, new StagePlan(Placement.ROOT, loops));
        Stage sum = group.stages().stream()
                .filter(stage -> stage.reduces() && stage.name().equals("conv"))
                .findFirst()
                .orElseThrow();
        plans.put(sum, new StagePlan(new Placement.At(root, depth, Memory.REGISTERS), sumLoops(sum)));
        Map<Source, Layout> layouts = new IdentityHashMap<>();
        layouts.put(x, inputLayout(x));
        layouts.put(w, Layout.packed(w.type().shape(), 0, lanes));
        layouts.put(b, Layout.packed(b.type().shape(), 0, lanes));
        layouts.put(output, Layout.blocked(output.type().shape(), 1, lanes));
        Schedule schedule = new Schedule(plans);
        Kernels.Part part = Kernels.of(group, schedule::stores).parts().getFirst();
        return Lowering.lower(Lowering.check(part, schedule, layouts::get).orThrow(), layouts::get, new Identifiers());
    }

    private List<Loop> rootLoops(Stage root) {
        List<Axis> axes = root.axes();
        List<Loop> loops = new ArrayList<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            long step = axis == 1 ? lanes : axis == axes.size() - 1 ? columns : 1;
            long extent = Math.ceilDiv(axes.get(axis).extent(), step);
            if (extent > 1) {
                loops.add(new Loop(axes.get(axis), step, extent, new LoopKind.Global(2)));
            }
        }
        if (loops.isEmpty()) {
            loops.add(new Loop(axes.getFirst(), 1, 1, new LoopKind.Global(0)));
        }
        root.reduction().forEach(axis -> loops.add(Loop.over(axis, LoopKind.UNROLL)));
        if (columns > 1) {
            loops.add(new Loop(axes.getLast(), 1, columns, LoopKind.UNROLL));
        }
        if (lanes > 1) {
            loops.add(new Loop(axes.get(1), 1, lanes, LoopKind.VECTOR));
        }
        return loops;
    }

    private List<Loop> sumLoops(Stage sum) {
        List<Loop> loops = new ArrayList<>();
        for (Axis axis : sum.reduction()) {
            boolean window = axis != sum.reduction().getFirst();
            loops.add(Loop.over(axis, window && unrolled ? LoopKind.UNROLL : LoopKind.SERIAL));
        }
        for (int axis = 0; axis < sum.axes().size(); axis++) {
            if (axis != 1) {
                loops.add(Loop.overDemand(sum.axes().get(axis), LoopKind.UNROLL));
            }
        }
        loops.add(Loop.overDemand(sum.axes().get(1), lanes > 1 ? LoopKind.VECTOR : LoopKind.UNROLL));
        return loops;
    }

    private Layout inputLayout(Value x) {
        Layout blocked = Layout.blocked(x.type().shape(), 1, lanes);
        if (!halo) {
            return blocked;
        }
        List<Range> reach = new ArrayList<>();
        for (int axis = 0; axis < input.size(); axis++) {
            long room = axis < 2 ? 0 : 4;
            reach.add(new Range(-room, input.get(axis) - 1 + room));
        }
        return blocked.withHalo(reach, 0);
    }
}
