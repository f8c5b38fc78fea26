package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import java.util.Optional;

/// How many numbers side by side something yields inside a vector loop.
public final class Widths {
    private Widths() {}

    /// The number of `lanes`, or 1 where all lanes have the same value.
    public static int of(KernelExpr expr, Optional<Axis> lanes) {
        return switch (expr) {
            case KernelExpr.Load(_, Index offset) -> of(offset, lanes);
            case KernelExpr.Position(Index index, _) -> of(index, lanes);
            case KernelExpr.Within within -> Math.max(of(within.index(), lanes), ofOperands(within, lanes));
            case KernelExpr.Element register -> register.array().lanes();
            case KernelExpr.Constant _ -> 1;
            case KernelExpr.Unary _,
                    KernelExpr.Binary _,
                    KernelExpr.MultiplyAdd _,
                    KernelExpr.Select _,
                    KernelExpr.Cast _ -> ofOperands(expr, lanes);
        };
    }

    private static int ofOperands(KernelExpr expr, Optional<Axis> lanes) {
        return expr.operands().stream()
                .mapToInt(operand -> of(operand, lanes))
                .max()
                .orElse(1);
    }

    private static int of(Index index, Optional<Axis> lanes) {
        return lanes.isPresent() && index.dependsOn(lanes.get())
                ? Math.toIntExact(lanes.get().extent())
                : 1;
    }

    /// True if lane i stands at the offset of lane 0 plus i.
    public static boolean isUnitStride(Index offset, Axis lanes) {
        return offset.coefficient(lanes) == 1 && !offset.minus(Index.of(lanes)).dependsOn(lanes);
    }
}
