package dev.sinter.ir.evaluate;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.evaluate.SharedMemory.Loaded;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Channel;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.kernel.Widths;
import dev.sinter.ir.schedule.LoopKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// Runs a kernel in Java, statement by statement and one work-item after the other, those of a group side by side from
/// one barrier to the next: slow, but safe. It tells what a device would not: accesses outside of memory, results that
/// depend on what nothing wrote, and races.
///
/// RoundedArithmetic is done in the element type, rounded after each operation; multiply-add is rounded once.
public final class KernelEvaluator {
    private final String kernel;
    private final SharedMemory memory;
    private final ChannelTraffic channels;

    /// A channel on which nothing will ever move again.
    private static final class BlockedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private KernelEvaluator(String kernel, SharedMemory memory, ChannelTraffic channels) {
        this.kernel = kernel;
        this.memory = memory;
        this.channels = channels;
    }

    /// Runs kernels at the same time that are linked by channels.
    ///
    /// @param memory contents for the arguments of each
    public static EvaluationReport run(List<Kernel> kernels, Map<Buffer, HostMemory> memory) {
        ChannelTraffic traffic = new ChannelTraffic(kernels.size());
        List<CompletableFuture<EvaluationReport>> reports = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Kernel kernel : kernels) {
                reports.add(CompletableFuture.supplyAsync(() -> run(kernel, memory, traffic), threads));
            }
        }
        EvaluationReport all = new EvaluationReport(List.of(), 0);
        for (CompletableFuture<EvaluationReport> report : reports) {
            all = all.and(report.join());
        }
        for (Map.Entry<Channel, Integer> left : traffic.left().entrySet()) {
            Finding.Left finding = new Finding.Left(kernels.getFirst().name(), left.getKey(), left.getValue());
            all = all.and(new EvaluationReport(List.of(finding), 1));
        }
        return all;
    }

    private static EvaluationReport run(Kernel kernel, Map<Buffer, HostMemory> memory, ChannelTraffic traffic) {
        try {
            return evaluate(kernel, memory, traffic);
        } finally {
            traffic.leave();
        }
    }

    /// Runs `kernel` on `memory`, which must have contents for each of its arguments and is changed by its stores.
    public static EvaluationReport run(Kernel kernel, Map<Buffer, HostMemory> memory) {
        return run(List.of(kernel), memory);
    }

    private static EvaluationReport evaluate(Kernel kernel, Map<Buffer, HostMemory> memory, ChannelTraffic traffic) {
        SharedMemory shared = new SharedMemory(kernel, memory);
        KernelEvaluator evaluator = new KernelEvaluator(kernel.name(), shared, traffic);
        List<Axis> groupIds = ids(kernel.launch(), Launch.Dimension::group);
        List<Axis> itemIds = ids(kernel.launch(), Launch.Dimension::item);
        int size = count(itemIds);
        Counters counters = new Counters();
        for (int number = 0; number < count(groupIds); number++) {
            WorkGroup group = new WorkGroup();
            List<WorkItem> items = new ArrayList<>();
            for (int member = 0; member < size; member++) {
                WorkItem item = new WorkItem(kernel.name(), number * size + member, counters, group, shared);
                set(groupIds, number, item);
                set(itemIds, member, item);
                items.add(item);
            }
            try {
                evaluator.together(kernel.body(), items, group);
            } catch (BlockedException _) {
                // It is reported; what would come after it never does.
                break;
            }
        }
        return shared.report();
    }

    /// What tells groups, or the work-items of one, apart; the fastest running first.
    private static List<Axis> ids(Launch launch, Function<Launch.Dimension, Axis> kind) {
        return switch (launch) {
            case Launch.NdRange(List<Launch.Dimension> dimensions) ->
                dimensions.stream().map(kind).filter(id -> id.extent() > 1).toList();
            case Launch.SingleTask() -> List.of();
        };
    }

    private static int count(List<Axis> ids) {
        return Math.toIntExact(ids.stream().map(Axis::extent).reduce(1L, Math::multiplyExact));
    }

    private static void set(List<Axis> ids, long number, WorkItem item) {
        long rest = number;
        for (Axis id : ids) {
            item.set(id, rest % id.extent());
            rest /= id.extent();
        }
    }

    /// Runs statements for all work-items of a group: what has no barrier inside for one after the other.
    private void together(List<Stmt> statements, List<WorkItem> items, WorkGroup group) {
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.Barrier() -> group.passBarrier();
                case Stmt.For loop when hasBarrier(loop.body()) -> together(loop, items, group);
                case Stmt.If(List<Stmt.Condition> conditions, List<Stmt> body)
                when hasBarrier(body) -> together(conditions, body, items, group);
                case Stmt.Let let
                when hasBarrier(let.body()) -> {
                    items.forEach(item -> let(let, item));
                    together(let.body(), items, group);
                }
                case Stmt.For _,
                        Stmt.If _,
                        Stmt.Let _,
                        Stmt.Allocate _,
                        Stmt.Assign _,
                        Stmt.Store _,
                        Stmt.ChannelWrite _,
                        Stmt.ChannelRead _ -> items.forEach(item -> statement(statement, item));
            }
        }
    }

    private static boolean hasBarrier(List<Stmt> statements) {
        return statements.stream().anyMatch(statement -> switch (statement) {
            case Stmt.Barrier() -> true;
            case Stmt.For loop -> hasBarrier(loop.body());
            case Stmt.If(_, List<Stmt> body) -> hasBarrier(body);
            case Stmt.Let(_, _, List<Stmt> body) -> hasBarrier(body);
            case Stmt.Allocate _, Stmt.Assign _, Stmt.Store _, Stmt.ChannelWrite _, Stmt.ChannelRead _ -> false;
        });
    }

    private void together(Stmt.For loop, List<WorkItem> items, WorkGroup group) {
        WorkItem first = items.getFirst();
        long from = first.evaluate(loop.from());
        long until = first.evaluate(loop.until());
        boolean same = items.stream()
                .allMatch(item -> item.evaluate(loop.from()) == from && item.evaluate(loop.until()) == until);
        if (!same) {
            memory.report(new Finding.Diverging(kernel, first.at(), "a loop over " + loop.axis()));
        }
        for (long i = from; i < until; i++) {
            for (WorkItem item : items) {
                item.set(loop.axis(), i);
            }
            together(loop.body(), items, group);
        }
        items.forEach(item -> item.unset(loop.axis()));
    }

    private void together(List<Stmt.Condition> conditions, List<Stmt> body, List<WorkItem> items, WorkGroup group) {
        List<WorkItem> inside = items.stream()
                .filter(item -> conditions.stream().allMatch(condition -> holds(condition, item)))
                .toList();
        if (!inside.isEmpty() && inside.size() < items.size()) {
            memory.report(new Finding.Diverging(kernel, inside.getFirst().at(), "a condition"));
        }
        if (!inside.isEmpty()) {
            together(body, inside, group);
        }
    }

    private void statements(List<Stmt> statements, WorkItem item) {
        statements.forEach(statement -> statement(statement, item));
    }

    private void statement(Stmt statement, WorkItem item) {
        switch (statement) {
            case Stmt.Allocate(KernelArray array) -> item.declare(array);
            case Stmt.For loop -> loop(loop, item);
            case Stmt.If(List<Stmt.Condition> conditions, List<Stmt> body) -> {
                if (conditions.stream().allMatch(condition -> holds(condition, item))) {
                    statements(body, item);
                }
            }
            case Stmt.Let let -> {
                let(let, item);
                statements(let.body(), item);
                item.unset(let.axis());
            }
            case Stmt.Assign assign -> assign(assign, item);
            case Stmt.Store store -> store(store, item);
            case Stmt.Barrier() -> throw new CompilerFault(kernel + " has a barrier where one work-item runs alone");
            case Stmt.ChannelWrite(Channel channel, Index number, KernelExpr value) -> {
                ChannelTraffic.Element element = new ChannelTraffic.Element(item.evaluate(number), item.value(value));
                if (!channels.put(channel, element)) {
                    throw blocked(channel, item, true);
                }
            }
            case Stmt.ChannelRead(KernelExpr.Element target, Channel channel, Index number) -> {
                ChannelTraffic.Element element =
                        channels.take(channel).orElseThrow(() -> blocked(channel, item, false));
                long expected = item.evaluate(number);
                if (element.number() != expected) {
                    memory.report(new Finding.OutOfOrder(kernel, item.at(), channel, expected, element.number()));
                }
                item.assign(target, element.value());
            }
        }
    }

    private static void let(Stmt.Let let, WorkItem item) {
        long value = item.value(let.value()).bits();
        item.set(let.axis(), Math.clamp(value, 0, let.axis().extent() - 1));
    }

    private BlockedException blocked(Channel channel, WorkItem item, boolean writes) {
        memory.report(new Finding.Blocked(kernel, item.at(), channel, writes));
        return new BlockedException();
    }

    private static boolean holds(Stmt.Condition condition, WorkItem item) {
        long value = item.evaluate(condition.index());
        return condition.lo() <= value && value < condition.hi();
    }

    private void loop(Stmt.For loop, WorkItem item) {
        Axis axis = loop.axis();
        if (loop.kind() instanceof LoopKind.Vector && axis.extent() > 1) {
            item.enterLanes(axis);
            item.set(axis, 0);
            statements(loop.body(), item);
            item.leaveLanes();
            return;
        }
        long until = item.evaluate(loop.until());
        for (long i = item.evaluate(loop.from()); i < until; i++) {
            item.set(axis, i);
            statements(loop.body(), item);
        }
        item.unset(axis);
    }

    private static long lanes(WorkItem item) {
        return item.lanes().map(Axis::extent).orElse(1L);
    }

    private static void enter(long lane, WorkItem item) {
        item.lanes().ifPresent(axis -> item.set(axis, lane));
    }

    private static void assign(Stmt.Assign assign, WorkItem item) {
        long lanes = Widths.of(assign.target(), item.lanes());
        List<Loaded> values = new ArrayList<>();
        for (long lane = 0; lane < lanes; lane++) {
            enter(lane, item);
            values.add(item.value(assign.value()));
        }
        for (int lane = 0; lane < lanes; lane++) {
            enter(lane, item);
            item.assign(assign.target(), values.get(lane));
        }
    }

    private void store(Stmt.Store store, WorkItem item) {
        long lanes = lanes(item);
        List<Loaded> values = new ArrayList<>();
        for (long lane = 0; lane < lanes; lane++) {
            enter(lane, item);
            values.add(item.value(store.value()));
        }
        for (int lane = 0; lane < lanes; lane++) {
            enter(lane, item);
            boolean stored =
                    store.lanes().map(condition -> holds(condition, item)).orElse(true);
            if (stored) {
                memory.store(store.buffer(), item.evaluate(store.offset()), values.get(lane), item);
            }
        }
    }
}
