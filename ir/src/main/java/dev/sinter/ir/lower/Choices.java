package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.kernel.KernelExpr;

/// Choices by a truth value that is itself chosen by a comparison, as where a comparison is fused with what it decides:
/// the comparison decides alone. So truth values do not stand between numbers, which vectors have no room for.
final class Choices {
    private Choices() {}

    static KernelExpr of(KernelExpr.Select choice) {
        if (choice.comparison() != Expr.Comparison.EQUAL
                || !(choice.right() instanceof KernelExpr.Constant(double wanted, _))
                || !(choice.left() instanceof KernelExpr.Select inner)
                || !(inner.then() instanceof KernelExpr.Constant(double held, _))
                || !(inner.otherwise() instanceof KernelExpr.Constant(double failed, _))
                || (held == wanted) == (failed == wanted)) {
            return choice;
        }
        KernelExpr then = held == wanted ? choice.then() : choice.otherwise();
        KernelExpr otherwise = held == wanted ? choice.otherwise() : choice.then();
        return new KernelExpr.Select(inner.comparison(), inner.left(), inner.right(), then, otherwise);
    }
}
