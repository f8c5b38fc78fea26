package dev.sinter.ir.plan;

import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import java.util.List;

/// How many cycles a single work-item takes whose loops are hardware: an innermost loop starts an iteration every few
/// cycles, what is unrolled inside of it runs at once, and a loop around others runs them one after the other.
final class PipelineCost {
    /// Cycles until the first iteration of a loop is through.
    private static final double LATENCY = 30;

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
        double trips = loop.axis().extent();
        return switch (loop.kind()) {
            case LoopKind.Unroll _, LoopKind.Vector _ -> inner;
            case LoopKind.Pipeline(int interval) -> inner == 0 ? LATENCY + trips * interval : trips * (inner + interval);
            case LoopKind.Serial _, LoopKind.Global _, LoopKind.Local _ ->
                inner == 0 ? LATENCY + trips : trips * (inner + 1);
        };
    }
}
