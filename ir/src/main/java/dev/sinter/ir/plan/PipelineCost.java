package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import java.util.List;

/// How many cycles a single work-item takes whose loops are hardware: an innermost loop starts an iteration every few
/// cycles, what is unrolled inside of it runs at once, and a loop around others runs them one after the other.
final class PipelineCost {
    /// Cycles until the first iteration of a loop is through: a guess.
    private static final double LATENCY = 30;

    /// Cycles after which a float32 sum is taken to be ready for the next addend; devices differ.
    static final long ADDITION = 8;

    private PipelineCost() {}

    static double cycles(Kernel kernel) {
        return LATENCY + cycles(kernel.body());
    }

    private static double cycles(List<Stmt> statements) {
        return statements.stream().mapToDouble(PipelineCost::cycles).sum();
    }

    private static double cycles(Stmt statement) {
        return switch (statement) {
            case Stmt.For loop -> loop(loop);
            case Stmt.If(_, List<Stmt> body) -> cycles(body);
            case Stmt.Let(_, _, List<Stmt> body) -> cycles(body);
            case Stmt.Allocate _,
                    Stmt.Barrier _,
                    Stmt.Assign _,
                    Stmt.Store _,
                    Stmt.ChannelWrite _,
                    Stmt.ChannelRead _ -> 0;
        };
    }

    private static double loop(Stmt.For loop) {
        double inner = cycles(loop.body());
        double trips = Trips.of(loop);
        return switch (loop.kind()) {
            case LoopKind.Unroll _, LoopKind.Vector _ -> inner;
            case LoopKind.Pipeline(int interval) -> loop(loop, trips, inner, interval);
            case LoopKind.Serial _, LoopKind.Global _, LoopKind.Local _ -> loop(loop, trips, inner, 1);
        };
    }

    private static double loop(Stmt.For loop, double trips, double inner, double interval) {
        double apart = accumulates(loop.body(), loop.axis()) ? Math.max(ADDITION, interval) : interval;
        return inner == 0 ? LATENCY + trips * apart : trips * (inner + interval);
    }

    /// True if each iteration adds to what the one before it has written.
    private static boolean accumulates(List<Stmt> statements, Axis axis) {
        return statements.stream().anyMatch(statement -> switch (statement) {
            case Stmt.Assign(KernelExpr.Element target, KernelExpr value) ->
                target.coordinates().stream().noneMatch(index -> index.dependsOn(axis)) && reads(value, target);
            case Stmt.For loop -> accumulates(loop.body(), axis);
            case Stmt.If(_, List<Stmt> body) -> accumulates(body, axis);
            case Stmt.Let(_, _, List<Stmt> body) -> accumulates(body, axis);
            case Stmt.Allocate _, Stmt.Barrier _, Stmt.Store _, Stmt.ChannelWrite _, Stmt.ChannelRead _ -> false;
        });
    }

    private static boolean reads(KernelExpr value, KernelExpr.Element target) {
        boolean adds = value instanceof KernelExpr.MultiplyAdd
                || value instanceof KernelExpr.Binary(BinaryFunction function, _, _) && function == BinaryFunction.ADD;
        return adds && value.operands().stream().anyMatch(target::equals);
    }
}
