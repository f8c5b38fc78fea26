package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// In which order a kernel reads and writes the elements of its tensors, found by running its loops.
final class Traffic {
    private final Map<Buffer, Offsets> reads = new IdentityHashMap<>();
    private final Map<Buffer, Offsets> writes = new IdentityHashMap<>();
    private final Map<Axis, Long> at = new IdentityHashMap<>();
    private final Predicate<Buffer> streams;

    /// Offsets in the order in which they come.
    private static final class Offsets {
        private long[] all = new long[1024];
        private int count;

        void add(long offset) {
            if (count == all.length) {
                all = Arrays.copyOf(all, 2 * count);
            }
            all[count++] = offset;
        }

        long[] toArray() {
            return Arrays.copyOf(all, count);
        }
    }

    private Traffic(Predicate<Buffer> streams) {
        this.streams = streams;
    }

    /// @param streams which buffers to look at
    static Traffic of(Kernel kernel, Predicate<Buffer> streams) {
        Traffic traffic = new Traffic(streams);
        traffic.run(kernel.body());
        return traffic;
    }

    /// The offsets of elements that are read, in order.
    long[] reads(Buffer buffer) {
        return reads.getOrDefault(buffer, new Offsets()).toArray();
    }

    /// The offsets of elements that are written, in order.
    long[] writes(Buffer buffer) {
        return writes.getOrDefault(buffer, new Offsets()).toArray();
    }

    private long evaluate(Index index) {
        return index.evaluate(axis -> at.getOrDefault(axis, 0L));
    }

    private void run(List<Stmt> statements) {
        statements.forEach(this::run);
    }

    private void run(Stmt statement) {
        switch (statement) {
            case Stmt.For loop -> {
                if (!touches(loop.body())) {
                    return;
                }
                long until = evaluate(loop.until());
                for (long i = evaluate(loop.from()); i < until; i++) {
                    at.put(loop.axis(), i);
                    run(loop.body());
                }
            }
            case Stmt.If(List<Stmt.Condition> conditions, List<Stmt> body) -> {
                boolean all = true;
                for (Stmt.Condition condition : conditions) {
                    long index = evaluate(condition.index());
                    all &= condition.lo() <= index && index < condition.hi();
                }
                if (all) {
                    run(body);
                }
            }
            case Stmt.Let(_, KernelExpr value, List<Stmt> body) -> {
                read(value);
                run(body);
            }
            case Stmt.Assign(_, KernelExpr value) -> read(value);
            case Stmt.Store(Buffer buffer, Index offset, KernelExpr value, _) -> {
                read(value);
                if (streams.test(buffer)) {
                    writes.computeIfAbsent(buffer, _ -> new Offsets()).add(evaluate(offset));
                }
            }
            case Stmt.Allocate _, Stmt.Barrier _, Stmt.ChannelRead _, Stmt.ChannelWrite _ -> {}
        }
    }

    private void read(KernelExpr expr) {
        switch (expr) {
            case KernelExpr.Load(Buffer buffer, Index offset) -> {
                if (streams.test(buffer)) {
                    reads.computeIfAbsent(buffer, _ -> new Offsets()).add(evaluate(offset));
                }
            }
            case KernelExpr.Within(Index index, long lo, long hi, KernelExpr value, KernelExpr otherwise) -> {
                long place = evaluate(index);
                read(lo <= place && place < hi ? value : otherwise);
            }
            case KernelExpr.Constant _,
                    KernelExpr.Element _,
                    KernelExpr.Unary _,
                    KernelExpr.Binary _,
                    KernelExpr.MultiplyAdd _,
                    KernelExpr.Select _,
                    KernelExpr.Cast _,
                    KernelExpr.Position _ -> expr.operands().forEach(this::read);
        }
    }

    private boolean touches(List<Stmt> statements) {
        boolean[] found = {false};
        statements.forEach(statement -> visit(statement, found));
        return found[0];
    }

    private void visit(Stmt statement, boolean[] found) {
        switch (statement) {
            case Stmt.For loop -> loop.body().forEach(inner -> visit(inner, found));
            case Stmt.If(_, List<Stmt> body) -> body.forEach(inner -> visit(inner, found));
            case Stmt.Let(_, KernelExpr value, List<Stmt> body) -> {
                visit(value, found);
                body.forEach(inner -> visit(inner, found));
            }
            case Stmt.Assign(_, KernelExpr value) -> visit(value, found);
            case Stmt.Store(Buffer buffer, _, KernelExpr value, _) -> {
                found[0] |= streams.test(buffer);
                visit(value, found);
            }
            case Stmt.Allocate _, Stmt.Barrier _, Stmt.ChannelRead _, Stmt.ChannelWrite _ -> {}
        }
    }

    private void visit(KernelExpr expr, boolean[] found) {
        expr.forEach(inner -> found[0] |= inner instanceof KernelExpr.Load(Buffer buffer, _) && streams.test(buffer));
    }
}
