package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/// What schedule text calls the tensors that a group reads.
@FunctionalInterface
public interface TensorNames {
    /// What the network calls them.
    TensorNames OWN = Source::name;

    String of(Source tensor);

    /// `x0`, `x1`, … in the order in which the group's formulas read them, from its results on: the same for every
    /// group of one form, and whether or not the reading of a tensor is a stage.
    static TensorNames numbered(Group group) {
        Numbering numbering = new Numbering();
        group.outputs().forEach(numbering::stage);
        return tensor -> "x" + Expect.present(numbering.numbers.get(tensor), tensor.name());
    }

    /// Counts tensors as it meets them.
    final class Numbering {
        private final Map<Source, Integer> numbers = new IdentityHashMap<>();
        private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

        private Numbering() {}

        private void stage(Stage stage) {
            if (seen.add(stage)) {
                Group.expressions(stage).forEach(this::expr);
            }
        }

        private void expr(Expr expr) {
            if (!seen.add(expr)) {
                return;
            }
            if (expr instanceof Expr.Read(Source source, _)) {
                numbers.putIfAbsent(source, numbers.size());
            }
            if (expr instanceof Expr.Call(Stage callee, _)) {
                stage(callee);
            }
            expr.operands().forEach(this::expr);
            expr.ownIndices().flatMap(Index::loaded).forEach(loaded -> expr(loaded.value()));
        }
    }
}
