package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Nest;
import java.util.List;
import java.util.Optional;

/// Goes through all that the formulas of a kernel still hold once their paddings are discharged, with what is known at
/// each place.
final class FormulaWalk {
    private final Demand demand;
    private final Layouts layouts;
    private final Paddings paddings;
    private final Visitor visitor;

    /// What is met.
    interface Visitor {
        void read(Nest nest, Source source, List<Index> coordinates, Facts facts);

        default void call(Nest nest, Stage stage, List<Index> coordinates) {}

        default void choice(Nest nest, Index index) {}

        default void loaded(Nest nest, Index.Loaded loaded) {}
    }

    private FormulaWalk(Demand demand, Layouts layouts, Visitor visitor) {
        this.demand = demand;
        this.layouts = layouts;
        this.paddings = new Paddings(layouts);
        this.visitor = visitor;
    }

    static void of(Demand demand, Layouts layouts, Visitor visitor) {
        FormulaWalk walk = new FormulaWalk(demand, layouts, visitor);
        demand.nests().forEach(walk::nest);
    }

    private void nest(Nest nest) {
        Demand.Formulas formulas = demand.formulas(nest);
        formulas.start().all().forEach(expr -> walk(expr, nest, Facts.NONE));
        Facts bounded = ReductionBounds.of(demand, nest, paddings).facts();
        Facts guardedPoints = ReductionGuards.of(nest, bounded).facts();
        formulas.update().all().forEach(expr -> walk(expr, nest, guardedPoints));
        // What is stored only need not be computed beyond the tensor.
        Facts guarded = demand.tensor(nest.stage())
                .filter(_ -> nest.storage().isEmpty())
                .map(source -> StoreGuards.of(nest, layouts.of(source)).facts())
                .orElse(Facts.NONE);
        formulas.finish().all().forEach(expr -> walk(expr, nest, guarded));
    }

    private void walk(Expr expr, Nest nest, Facts facts) {
        switch (expr) {
            case Expr.Read(Source source, List<Index> coordinates) -> {
                visitor.read(nest, source, coordinates, facts);
                coordinates.forEach(index -> loaded(index, nest));
            }
            case Expr.Call(Stage stage, List<Index> coordinates) -> {
                visitor.call(nest, stage, coordinates);
                coordinates.forEach(index -> loaded(index, nest));
            }
            case Expr.Position(Index index, _) -> loaded(index, nest);
            case Expr.Within padding -> padding(padding, nest, facts);
            case Expr.Constant _,
                    Expr.State _,
                    Expr.Bound _,
                    Expr.Unary _,
                    Expr.Binary _,
                    Expr.MultiplyAdd _,
                    Expr.Select _,
                    Expr.Cast _ -> expr.operands().forEach(operand -> walk(operand, nest, facts));
        }
    }

    /// Loaded numbers are computed ahead of the formula, whatever guards their use.
    private void loaded(Index index, Nest nest) {
        index.loaded().forEach(loaded -> {
            visitor.loaded(nest, loaded);
            walk(loaded.value(), nest, Facts.NONE);
        });
    }

    private void padding(Expr.Within padding, Nest nest, Facts facts) {
        Optional<Axis> lanes = nest.lanes().map(Nest.Counter::axis);
        switch (paddings.of(padding, facts, lanes)) {
            case INSIDE, HALO -> walk(padding.value(), nest, facts);
            case OUTSIDE -> walk(padding.otherwise(), nest, facts);
            case CHOICE -> {
                visitor.choice(nest, Paddings.uniform(padding, lanes));
                loaded(padding.index(), nest);
                walk(padding.value(), nest, facts.and(padding.index(), padding.lo(), padding.hi()));
                walk(padding.otherwise(), nest, facts.andOutside(padding.index(), padding.lo(), padding.hi()));
            }
        }
    }
}
