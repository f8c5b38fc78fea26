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
            case KernelExpr.Element element -> of(element, lanes);
            case KernelExpr.Constant _ -> 1;
            case KernelExpr.Unary _,
                    KernelExpr.Binary _,
                    KernelExpr.MultiplyAdd _,
                    KernelExpr.Select _,
                    KernelExpr.Cast _ -> ofOperands(expr, lanes);
        };
    }

    /// How many numbers of its array an element stands for: those of one vector, or neighbours in an array of single
    /// numbers.
    public static int of(KernelExpr.Element element, Optional<Axis> lanes) {
        return element.array().lanes() == 1 && !element.coordinates().isEmpty()
                ? of(element.coordinates().getLast(), lanes)
                : element.array().lanes();
    }

    /// True for neighbours in an array of single numbers, which are loaded and stored together.
    public static boolean areNeighbours(KernelExpr.Element element, Optional<Axis> lanes) {
        return of(element, lanes) > element.array().lanes();
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
}
