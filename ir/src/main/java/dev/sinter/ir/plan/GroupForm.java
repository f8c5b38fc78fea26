package dev.sinter.ir.plan;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.schedule.Group;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that the choice of a group's schedule depends on, with numbers in place of what has identity: two groups of
/// equal facts compute the same from tensors that lie alike, and what is best for one is best for the other.
record GroupForm(List<Object> facts) {
    GroupForm {
        facts = List.copyOf(facts);
    }

    static GroupForm of(Group group, Layouts layouts) {
        Writer writer = new Writer(layouts);
        group.stages().forEach(writer::stage);
        group.results().forEach((stage, tensor) -> {
            writer.number(stage);
            writer.source(tensor);
        });
        return new GroupForm(writer.facts);
    }

    private static final class Writer {
        private final Layouts layouts;
        private final List<Object> facts = new ArrayList<>();
        private final Map<Object, Integer> numbers = new IdentityHashMap<>();

        private Writer(Layouts layouts) {
            this.layouts = layouts;
        }

        /// Writes which of all things it is, in the order in which they are met.
        ///
        /// @return true if it was not met before
        private boolean number(Object thing) {
            Integer before = numbers.putIfAbsent(thing, numbers.size());
            facts.add(before == null ? numbers.size() - 1 : before);
            return before == null;
        }

        private void stage(Stage stage) {
            number(stage);
            axes(stage.axes());
            axes(stage.reduction());
            for (Stage.Accumulator accumulator : stage.accumulators()) {
                expr(accumulator.init());
                expr(accumulator.update());
                expr(accumulator.combine());
            }
            expr(stage.finish());
        }

        private void axes(List<Axis> axes) {
            facts.add(axes.size());
            for (Axis axis : axes) {
                number(axis);
                facts.add(axis.extent());
            }
        }

        private void source(Source source) {
            if (number(source)) {
                List<Index> origin = source.type().shape().dims().stream()
                        .map(_ -> Index.ZERO)
                        .toList();
                facts.add(source.type());
                facts.add(layouts.isConstant(source));
                facts.add(layouts.of(source));
                facts.add(layouts.forRead(source, origin, Optional.empty()));
            }
        }

        /// An expression that stands in several places is computed once: which ones do is a fact too.
        private void expr(Expr expr) {
            if (!number(expr)) {
                return;
            }
            facts.add(expr.getClass());
            switch (expr) {
                case Expr.Constant(double value, var type) -> facts.addAll(List.of(value, type));
                case Expr.Read(Source source, List<Index> at) -> {
                    source(source);
                    at.forEach(this::index);
                }
                case Expr.Call(Stage stage, List<Index> at) -> {
                    number(stage);
                    at.forEach(this::index);
                }
                case Expr.State(int slot, boolean other, var type) -> facts.addAll(List.of(slot, other, type));
                case Expr.Unary(var function, _) -> facts.add(function);
                case Expr.Binary(var function, _, _) -> facts.add(function);
                case Expr.MultiplyAdd _ -> {}
                case Expr.Select(var comparison, _, _, _, _) -> facts.add(comparison);
                case Expr.Within(Index index, long lo, long hi, _, _) -> {
                    index(index);
                    facts.addAll(List.of(lo, hi));
                }
                case Expr.Cast(_, var type) -> facts.add(type);
                case Expr.Position(Index index, var type) -> {
                    index(index);
                    facts.add(type);
                }
                case Expr.Bound bound -> throw new CompilerFault(bound + " stands in a stage");
            }
            expr.operands().forEach(this::expr);
        }

        private void index(Index index) {
            facts.add(index.terms().size());
            index.terms().forEach((atom, factor) -> {
                facts.addAll(List.of(atom.getClass(), factor));
                switch (atom) {
                    case Index.Variable(Axis axis) -> number(axis);
                    case Index.Quotient(Index dividend, long divisor) -> {
                        index(dividend);
                        facts.add(divisor);
                    }
                    case Index.Remainder(Index dividend, long divisor) -> {
                        index(dividend);
                        facts.add(divisor);
                    }
                    case Index.Clamped(Index inner, long lo, long hi) -> {
                        index(inner);
                        facts.addAll(List.of(lo, hi));
                    }
                    case Index.Loaded(Expr value, long extent) -> {
                        expr(value);
                        facts.add(extent);
                    }
                }
            });
            facts.add(index.constant());
        }
    }
}
