package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Binding;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Writes stages out where they are called. What is read twice is written once and bound to a name, and so is what
/// nests deeply, so that formulas stay as large as the stages that they come from.
///
/// A bound value is computed in any case, also where a [Expr.Within] around its readers fails: loads that cannot be
/// proven to stay inside of their buffer are clamped there.
public final class Inlining {
    /// Compilers of printed code limit how deep parentheses nest, and nobody reads deeper.
    private static final int MOST_DEPTH = 16;

    private final Predicate<Stage> inlined;
    private final Map<Stage, Source> stored;
    private final Map<Instance, Scope> instances = new HashMap<>();
    private final List<Binding> bindings = new ArrayList<>();

    /// A stage at the coordinates of one call.
    private record Instance(Stage stage, List<Index> at) {}

    /// Formulas over one set of axes.
    private static final class Scope {
        private final UnaryOperator<Index> at;
        private final Map<Expr, Integer> uses = new IdentityHashMap<>();
        private final Map<Expr, Written> written = new IdentityHashMap<>();
        private int calls;

        private Scope(UnaryOperator<Index> at) {
            this.at = at;
        }
    }

    /// An expression, and how deep it nests.
    private record Written(Expr expr, int depth) {}

    /// Formulas after inlining.
    ///
    /// @param bindings what the formulas read by name, each after those that it reads
    public record Result(List<Binding> bindings, List<Expr> formulas) {
        public Result {
            bindings = List.copyOf(bindings);
            formulas = List.copyOf(formulas);
        }

        /// The values of the bindings, then the formulas.
        public List<Expr> all() {
            List<Expr> all = new ArrayList<>();
            bindings.forEach(binding -> all.add(binding.value()));
            all.addAll(formulas);
            return all;
        }
    }

    private Inlining(Predicate<Stage> inlined, Map<Stage, Source> stored) {
        this.inlined = inlined;
        this.stored = stored;
    }

    /// The formulas with `at` applied to their indices, every call of a stage that `inlined` accepts replaced by what
    /// the stage computes there, and every call of one that is `stored` by a read of its tensor.
    public static Result resolve(
            List<Expr> formulas, UnaryOperator<Index> at, Predicate<Stage> inlined, Map<Stage, Source> stored) {
        Inlining inlining = new Inlining(inlined, stored);
        Scope outermost = new Scope(at);
        formulas.forEach(formula -> inlining.count(formula, outermost));
        List<Expr> resolved = formulas.stream()
                .map(formula -> inlining.write(formula, outermost).expr())
                .toList();
        return new Result(inlining.bindings, resolved);
    }

    private void count(Expr expr, Scope scope) {
        if (expr instanceof Expr.Call call && isInlined(call)) {
            Scope callee = callee(call, scope);
            if (callee.calls++ == 0) {
                count(call.stage().finish(), callee);
            }
        } else if (scope.uses.merge(expr, 1, Integer::sum) == 1) {
            expr.operands().forEach(operand -> count(operand, scope));
        }
    }

    private boolean isInlined(Expr.Call call) {
        return !stored.containsKey(call.stage()) && inlined.test(call.stage());
    }

    private Scope callee(Expr.Call call, Scope scope) {
        Stage stage = call.stage();
        List<Index> here = call.coordinates().stream().map(scope.at).toList();
        return instances.computeIfAbsent(
                new Instance(stage, here),
                _ -> new Scope(
                        index -> index.substitute(axis -> here.get(stage.axes().indexOf(axis)))));
    }

    private Written write(Expr expr, Scope scope) {
        Written before = scope.written.get(expr);
        if (before != null) {
            return before;
        }
        Written written;
        if (expr instanceof Expr.Call call && isInlined(call)) {
            Scope callee = callee(call, scope);
            Written value = write(call.stage().finish(), callee);
            written = callee.calls > 1 || value.depth() > MOST_DEPTH
                    ? bound(call.stage().finish(), call.stage().name(), value, callee)
                    : value;
        } else {
            Written value = writtenOut(expr, scope);
            written = scope.uses.getOrDefault(expr, 1) > 1 ? bound(expr, "value", value, scope) : value;
        }
        scope.written.put(expr, written);
        return written;
    }

    private Written writtenOut(Expr expr, Scope scope) {
        Expr here = switch (expr) {
            case Expr.Call(Stage stage, List<Index> coordinates) -> {
                List<Index> at = coordinates.stream().map(scope.at).toList();
                Source source = stored.get(stage);
                yield source == null ? new Expr.Call(stage, at) : new Expr.Read(source, at);
            }
            case Expr.Within(Index index, long lo, long hi, Expr value, Expr otherwise) ->
                new Expr.Within(scope.at.apply(index), lo, hi, value, otherwise);
            case Expr.Read _, Expr.Position _ -> expr.mapIndices(scope.at);
            case Expr.Constant _, Expr.State _, Expr.Bound _ -> expr;
            case Expr.Unary _, Expr.Binary _, Expr.MultiplyAdd _, Expr.Select _, Expr.Cast _ -> expr;
        };
        int[] depth = {0};
        Expr written = here.mapOperands(operand -> {
            Written inner = write(operand, scope);
            depth[0] = Math.max(depth[0], inner.depth());
            return inner.expr();
        });
        return new Written(written, depth[0] + 1);
    }

    /// Binds `value`, which is what `expr` of `scope` came to, unless it is so simple that a name is no gain.
    private Written bound(Expr expr, String name, Written value, Scope scope) {
        if (isSimple(value.expr())) {
            return value;
        }
        Binding binding = new Binding(name, value.expr());
        bindings.add(binding);
        Written read = new Written(new Expr.Bound(binding), 1);
        scope.written.put(expr, read);
        return read;
    }

    /// Elements of tensors, also with padding: printed code loads what it wants again at no cost, and loops are cut
    /// short by the padding that stands in a formula.
    private static boolean isSimple(Expr expr) {
        return switch (expr) {
            case Expr.Constant _, Expr.Read _, Expr.Call _, Expr.State _, Expr.Position _, Expr.Bound _ -> true;
            case Expr.Within(_, _, _, Expr value, Expr otherwise) -> isSimple(value) && isSimple(otherwise);
            case Expr.Unary _, Expr.Binary _, Expr.MultiplyAdd _, Expr.Select _, Expr.Cast _ -> false;
        };
    }
}
