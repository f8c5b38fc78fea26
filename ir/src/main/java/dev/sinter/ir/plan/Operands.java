package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import java.util.LinkedHashSet;
import java.util.Set;

/// What reductions read.
final class Operands {
    private Operands() {}

    /// The tensors that are read for each point of a stage's reduction, by itself or by stages that can be written out
    /// there; none if it does not reduce. Those of which anything may be read anywhere are left out.
    static Set<Source> of(Stage stage) {
        Set<Source> operands = new LinkedHashSet<>();
        stage.accumulators().forEach(accumulator -> collect(accumulator.update(), operands));
        return operands;
    }

    private static void collect(Expr expr, Set<Source> operands) {
        Group.visit(expr, part -> {
            if (part instanceof Expr.Read(Source source, var at)
                    && at.stream().allMatch(index -> index.loaded().findAny().isEmpty())) {
                operands.add(source);
            } else if (part instanceof Expr.Call(Stage callee, _) && !callee.reduces()) {
                collect(callee.finish(), operands);
            }
        });
    }
}
