package dev.sinter.backend.jvm;

import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import java.util.List;

/// Takes unrolled loops to be written out, as long as they do not come to too many statements.
record UnrollBudget(long most) {
    boolean takes(Stmt.For loop) {
        return loop.kind() instanceof LoopKind.Unroll && statements(loop) <= most;
    }

    private long statements(Stmt.For loop) {
        long inner = statements(loop.body());
        boolean written = loop.kind() instanceof LoopKind.Unroll;
        return written ? loop.axis().extent() * inner : inner;
    }

    private long statements(List<Stmt> statements) {
        long sum = 0;
        for (Stmt statement : statements) {
            sum += switch (statement) {
                case Stmt.For loop -> statements(loop);
                case Stmt.If(_, List<Stmt> body) -> statements(body);
                case Stmt.Let(_, _, List<Stmt> body) -> 1 + statements(body);
                case Stmt.Allocate _,
                        Stmt.Assign _,
                        Stmt.Store _,
                        Stmt.Barrier _,
                        Stmt.ChannelWrite _,
                        Stmt.ChannelRead _ -> 1;
            };
        }
        return sum;
    }
}
