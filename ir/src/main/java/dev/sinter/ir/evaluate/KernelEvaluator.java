package dev.sinter.ir.evaluate;

import dev.sinter.ir.evaluate.SharedMemory.Loaded;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs a kernel in Java, statement by statement and one work-item after the other: slow, but safe. It tells what a
/// device would not: accesses outside of memory, results that depend on what nothing wrote, and races.
///
/// RoundedArithmetic is done in the element type, rounded after each operation; multiply-add is rounded once.
public final class KernelEvaluator {
    private final SharedMemory memory;

    private KernelEvaluator(SharedMemory memory) {
        this.memory = memory;
    }

    /// Runs `kernel` on `memory`, which must have contents for each of its arguments and is changed by its stores.
    public static EvaluationReport run(Kernel kernel, Map<Buffer, HostMemory> memory) {
        SharedMemory shared = new SharedMemory(kernel, memory);
        KernelEvaluator evaluator = new KernelEvaluator(shared);
        List<Axis> ids = switch (kernel.launch()) {
            case Launch.NdRange range -> range.ids();
            case Launch.SingleTask() -> List.of();
        };
        long items = ids.stream().map(Axis::extent).reduce(1L, Math::multiplyExact);
        for (int number = 0; number < items; number++) {
            WorkItem item = new WorkItem(kernel.name(), number, shared);
            long rest = number;
            for (Axis id : ids) {
                item.set(id, rest % id.extent());
                rest /= id.extent();
            }
            evaluator.statements(kernel.body(), item);
        }
        return shared.report();
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
            case Stmt.Assign assign -> assign(assign, item);
            case Stmt.Store store -> store(store, item);
        }
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
        long lanes = assign.target().array().lanes() == 1 ? 1 : lanes(item);
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
