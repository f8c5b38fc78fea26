package dev.sinter.ir.expr;

import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/// What one element of a tensor is, as a formula over its coordinates: the algorithm, without any order of execution.
///
/// A stage without reduction axes is just `finish`. One with them starts every accumulator at `init`, replaces it by
/// `update` for every point of the reduction, in any order, merges two partial results by `combine`, and gives
/// `finish`. An update sees the accumulators as they were before the point. Its identity is what counts.
public final class Stage {
    private final String name;
    private final List<Axis> axes;
    private final List<Axis> reduction;
    private final List<Accumulator> accumulators;
    private final Expr finish;

    /// One number of the state that a reduction carries.
    public record Accumulator(Expr init, Expr update, Expr combine) {
        public ElementType type() {
            return init.type();
        }
    }

    private Stage(String name, List<Axis> axes, List<Axis> reduction, List<Accumulator> accumulators, Expr finish) {
        this.name = name;
        this.axes = List.copyOf(axes);
        this.reduction = List.copyOf(reduction);
        this.accumulators = List.copyOf(accumulators);
        this.finish = finish;
        if (reduction.isEmpty() != accumulators.isEmpty()) {
            throw new IllegalArgumentException(
                    name + ": " + reduction.size() + " reduction axes with " + accumulators.size() + " accumulators");
        }
    }

    /// A stage whose elements do not depend on each other.
    public static Stage map(String name, List<Axis> axes, Expr value) {
        return new Stage(name, axes, List.of(), List.of(), value);
    }

    /// A stage that reduces to one accumulator and yields it as it is.
    public static Stage reduce(String name, List<Axis> axes, List<Axis> reduction, Accumulator accumulator) {
        return reduce(name, axes, reduction, List.of(accumulator), new Expr.State(0, false, accumulator.type()));
    }

    /// Where a reduction has no points, accumulators stay what they start from, and the stage is a map.
    public static Stage reduce(
            String name, List<Axis> axes, List<Axis> reduction, List<Accumulator> accumulators, Expr finish) {
        if (reduction.isEmpty()) {
            throw new IllegalArgumentException(name + " reduces over no axis");
        }
        return reduction.stream().anyMatch(axis -> axis.extent() == 0)
                ? map(name, axes, started(finish, accumulators))
                : new Stage(name, axes, reduction, accumulators, finish);
    }

    private static Expr started(Expr finish, List<Accumulator> accumulators) {
        return finish instanceof Expr.State(int slot, _, _)
                ? accumulators.get(slot).init()
                : finish.mapOperands(operand -> started(operand, accumulators));
    }

    /// The sum of `term` over `reduction`, starting from zero. A product is fused into the sum.
    public static Stage sum(String name, List<Axis> axes, List<Axis> reduction, Expr term) {
        ElementType type = term.type();
        Expr state = new Expr.State(0, false, type);
        Expr update = term instanceof Expr.Binary(BinaryFunction function, Expr left, Expr right)
                        && function == BinaryFunction.MULTIPLY
                ? new Expr.MultiplyAdd(left, right, state)
                : state.plus(term);
        return reduce(
                name,
                axes,
                reduction,
                new Accumulator(Expr.constant(0, type), update, state.plus(new Expr.State(0, true, type))));
    }

    /// The largest `term` over `reduction`, starting from -infinity or the least integer.
    public static Stage max(String name, List<Axis> axes, List<Axis> reduction, Expr term) {
        return fold(name, axes, reduction, term, Limits.least(term.type()), Expr::max);
    }

    /// The smallest `term` over `reduction`, starting from infinity or the greatest integer.
    public static Stage min(String name, List<Axis> axes, List<Axis> reduction, Expr term) {
        return fold(name, axes, reduction, term, Limits.greatest(term.type()), Expr::min);
    }

    /// The product of every `term` over `reduction`, starting from one.
    public static Stage product(String name, List<Axis> axes, List<Axis> reduction, Expr term) {
        return fold(name, axes, reduction, term, Expr.constant(1, term.type()), Expr::times);
    }

    private static Stage fold(
            String name,
            List<Axis> axes,
            List<Axis> reduction,
            Expr term,
            Expr first,
            BinaryOperator<Expr> combination) {
        Expr state = new Expr.State(0, false, term.type());
        Expr other = new Expr.State(0, true, term.type());
        Accumulator accumulator =
                new Accumulator(first, combination.apply(state, term), combination.apply(state, other));
        return reduce(name, axes, reduction, accumulator);
    }

    public String name() {
        return name;
    }

    /// The coordinates of an element, outermost first.
    public List<Axis> axes() {
        return axes;
    }

    public List<Axis> reduction() {
        return reduction;
    }

    public List<Accumulator> accumulators() {
        return accumulators;
    }

    /// The element's value, from the accumulators if there are any.
    public Expr finish() {
        return finish;
    }

    public boolean reduces() {
        return !reduction.isEmpty();
    }

    public ElementType type() {
        return finish.type();
    }

    public Shape shape() {
        return new Shape(axes.stream().map(Axis::extent).toList());
    }

    public TensorType tensorType() {
        return new TensorType(type(), shape());
    }

    /// How many points one element's reduction has; 1 for a map.
    public long reductionPoints() {
        return reduction.stream().map(Axis::extent).reduce(1L, (a, b) -> a * b);
    }

    /// Axes named `prefix0`, `prefix1`, … over a shape.
    public static List<Axis> axesOf(Shape shape, String prefix) {
        List<Axis> axes = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            axes.add(new Axis(prefix + axis, shape.dim(axis)));
        }
        return axes;
    }

    @Override
    public String toString() {
        return name;
    }
}
