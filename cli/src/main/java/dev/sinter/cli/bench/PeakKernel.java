package dev.sinter.cli.bench;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.plan.Plan;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A kernel of nothing but multiply-adds of float32 numbers in registers: how fast a device can be at best. It is
/// written in the same terms as any other kernel, so that each backend prints it as it prints those that are measured
/// by it.
///
/// @param accumulators how many vectors, none of which waits for another, each work-item adds to
/// @param iterations how often
record PeakKernel(Target target, long workItems, int accumulators, long iterations) {
    private static final ElementType TYPE = ElementType.FLOAT32;
    private static final int GROUP = 256;
    private static final int ITEMS_PER_CORE = 32;
    private static final int ITEMS_PER_MULTIPROCESSOR = 2048;
    private static final int MOST_ACCUMULATORS = 16;
    private static final int FEWEST_ACCUMULATORS = 4;

    static PeakKernel of(Target target, long iterations) {
        boolean gpu = target.kind() == Target.Kind.GPU;
        long items = (long) target.computeUnits() * (gpu ? ITEMS_PER_MULTIPROCESSOR : ITEMS_PER_CORE);
        // Two operands stay in registers beside them.
        int most = Math.min(MOST_ACCUMULATORS, target.vectorRegisters() * 3 / 4 - 2);
        return new PeakKernel(target, items, Math.max(FEWEST_ACCUMULATORS, most), iterations);
    }

    PeakKernel withIterations(long others) {
        return new PeakKernel(target, workItems, accumulators, others);
    }

    /// Operations of one run, a multiply-add counting as two.
    double flops() {
        return 2.0 * workItems * target.vectorLanes() * accumulators * iterations;
    }

    /// A network of one vector with this kernel in the place of its own.
    Program program() {
        long elements = workItems * target.vectorLanes();
        String text = """
            sinter.graph 1
            graph peak {
              %%x: f32[%d] = input
              %%y: f32[%d] = relu(%%x)
              return %%y
            }
            """.formatted(elements, elements);
        Program program = Sinter.program(GraphParser.parse(text, "peak"), target, CompileOptions.DEFAULT);
        Plan plan = program.plan();
        Step step = plan.steps().getFirst();
        Kernel kernel = with(step.kernels().getFirst());
        Step other =
                new Step(step.cluster(), step.group(), step.schedule(), step.form(), step.origin(), List.of(kernel));
        return new Program(
                program.imported(),
                new Plan(
                        plan.graph(),
                        List.of(other),
                        plan.layouts(),
                        plan.aliases(),
                        plan.inside(),
                        plan.refusals(),
                        plan.unfit()),
                program.memory());
    }

    private Kernel with(Kernel relu) {
        Buffer x = relu.arguments().stream()
                .filter(argument -> !argument.written())
                .findFirst()
                .orElseThrow()
                .buffer();
        Buffer y = relu.outputs().getFirst().buffer();
        long size = workItems % GROUP == 0 && target.kind() == Target.Kind.GPU ? GROUP : 1;
        Axis group = new Axis("group", workItems / size);
        Axis item = new Axis("item", size);
        Launch launch = new Launch.NdRange(List.of(new Launch.Dimension(group, item)));
        Index place = Index.of(group).times(size).plus(Index.of(item));
        return new Kernel("k_peak", "peak", relu.arguments(), launch, body(x, y, place));
    }

    private List<Stmt> body(Buffer x, Buffer y, Index workItem) {
        int lanes = target.vectorLanes();
        KernelArray sums = new KernelArray("sum", TYPE, List.of((long) accumulators), lanes);
        KernelArray factor = new KernelArray("factor", TYPE, List.of(1L), lanes);
        KernelArray term = new KernelArray("term", TYPE, List.of(1L), lanes);
        Axis lane = new Axis("lane", lanes);
        Index own = workItem.times(lanes).plus(Index.of(lane));
        Index ownOrFirst = lanes == 1 ? workItem : own;
        KernelExpr.Element onlyFactor = new KernelExpr.Element(factor, List.of(Index.ZERO));
        KernelExpr.Element onlyTerm = new KernelExpr.Element(term, List.of(Index.ZERO));
        KernelExpr read = new KernelExpr.Load(x, ownOrFirst);
        List<Stmt> body = new ArrayList<>();
        List.of(sums, factor, term).forEach(array -> body.add(new Stmt.Allocate(array)));
        body.add(vector(lane, new Stmt.Assign(onlyFactor, read)));
        body.add(vector(
                lane, new Stmt.Assign(onlyTerm, KernelExpr.constant(1, TYPE).minus(read))));
        Axis each = new Axis("i", accumulators);
        KernelExpr number = new KernelExpr.Position(Index.of(each), TYPE);
        body.add(unrolled(each, vector(lane, new Stmt.Assign(element(sums, each), read.plus(number)))));
        Axis one = new Axis("i", accumulators);
        KernelExpr.Element sum = element(sums, one);
        Stmt add = new Stmt.Assign(sum, new KernelExpr.MultiplyAdd(sum, onlyFactor, onlyTerm));
        body.add(Stmt.For.over(new Axis("k", iterations), LoopKind.SERIAL, List.of(unrolled(one, vector(lane, add)))));
        Axis last = new Axis("i", accumulators);
        // What is not stored would not be computed.
        Stmt total = new Stmt.Assign(onlyTerm, onlyTerm.plus(element(sums, last)));
        body.add(unrolled(last, vector(lane, total)));
        body.add(vector(lane, new Stmt.Store(y, ownOrFirst, onlyTerm, Optional.empty())));
        return body;
    }

    private static KernelExpr.Element element(KernelArray array, Axis axis) {
        return new KernelExpr.Element(array, List.of(Index.of(axis)));
    }

    private static Stmt unrolled(Axis axis, Stmt body) {
        return Stmt.For.over(axis, LoopKind.UNROLL, List.of(body));
    }

    private static Stmt vector(Axis lane, Stmt body) {
        return lane.extent() == 1 ? body : Stmt.For.over(lane, LoopKind.VECTOR, List.of(body));
    }
}
