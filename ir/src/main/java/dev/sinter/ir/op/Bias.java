package dev.sinter.ir.op;

import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;

/// Adds to a sum when it is complete, so that partial sums can be merged in any order.
final class Bias {
    private Bias() {}

    static Stage add(Stage sum, Expr bias) {
        return Stage.reduce(
                sum.name(),
                sum.axes(),
                sum.reduction(),
                sum.accumulators(),
                sum.finish().plus(bias));
    }
}
