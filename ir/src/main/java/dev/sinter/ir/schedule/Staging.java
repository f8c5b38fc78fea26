package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Makes the reading of tensors a stage of its own, whose elements are those of the tensor, so that a schedule can say
/// where they are kept: a tile in local memory, a line buffer, weights on the chip.
///
/// Where everything that reads a tensor pads it in the same way, the stage is the padded tensor: padding is then
/// decided once for each element that is staged, and not for each time that it is read.
public final class Staging {
    static final String LOAD = "load";
    static final String TAKE = "take";

    private final Group group;
    private final Map<Operand, Staged> staged = new LinkedHashMap<>();
    private final Map<Stage, Stage> rewritten = new IdentityHashMap<>();

    /// What is read: a tensor, or what another stage of the group computes.
    private sealed interface Operand {
        record OfSource(Source source) implements Operand {}

        record OfStage(Stage stage) implements Operand {}

        default Shape shape() {
            return switch (this) {
                case OfSource(Source source) -> source.type().shape();
                case OfStage(Stage stage) -> stage.shape();
            };
        }

        /// Where `expr` reads it, if it is nothing but an element of it.
        default Optional<List<Index>> readAt(Expr expr) {
            return switch (this) {
                case OfSource(Source source) ->
                    expr instanceof Expr.Read(Source read, List<Index> at) && read == source
                            ? Optional.of(at)
                            : Optional.empty();
                case OfStage(Stage stage) ->
                    expr instanceof Expr.Call(Stage callee, List<Index> at) && callee == stage
                            ? Optional.of(at)
                            : Optional.empty();
            };
        }
    }

    /// A tensor's stage, and the coordinate of the tensor that is its coordinate 0 along each axis.
    private record Staged(Stage stage, List<Long> first, Optional<Expr.Constant> padding) {}

    private Staging(Group group) {
        this.group = group;
    }

    /// A group with stages that read.
    ///
    /// @param stages the group's stages as they are now, by what they were
    public record Result(Group group, Map<Stage, Stage> stages) {
        public Result {
            stages = Collections.unmodifiableMap(stages);
        }

        /// The stages of `before` as they are now.
        public Set<Stage> now(Set<Stage> before) {
            Set<Stage> now = new LinkedHashSet<>();
            before.forEach(stage -> now.add(Expect.present(stages.get(stage), stage)));
            return now;
        }
    }

    /// The group with a stage in place of each tensor in `sources` that it reads, and of each stage in `stages` that
    /// others call.
    public static Result of(Group group, Set<? extends Source> sources, Set<Stage> stages) {
        Staging staging = new Staging(group);
        for (Source source : group.sources()) {
            if (sources.contains(source)) {
                staging.stage(new Operand.OfSource(source), at -> new Expr.Read(source, at));
            }
        }
        for (Stage stage : group.stages()) {
            staging.rewrite(stage);
            if (stages.contains(stage)) {
                Stage now = staging.rewritten(stage);
                staging.stage(new Operand.OfStage(stage), at -> new Expr.Call(now, at));
            }
        }
        Map<Stage, Source> outputs = new LinkedHashMap<>();
        group.results().forEach((stage, source) -> outputs.put(staging.rewritten(stage), source));
        Group rewritten = Group.of(group.name(), outputs);
        return new Result(rewritten, staging.rewritten);
    }

    /// True for a stage whose elements are those of a tensor or of another stage.
    public static boolean isLoad(Stage stage) {
        return tensor(stage).isPresent() || taken(stage).isPresent();
    }

    /// True for a tensor that windows slide over, or that has a row for each of a batch; false for weights.
    ///
    /// @param load the stage that reads it
    /// @param readers stages that may read that one
    public static boolean isSlidOver(Stage load, List<Stage> readers) {
        boolean[] found = {false};
        for (Stage reader : readers) {
            for (Expr expr : Group.expressions(reader)) {
                Group.visit(expr, inner -> {
                    if (inner instanceof Expr.Call(Stage callee, List<Index> at) && callee == load) {
                        found[0] |= at.stream().anyMatch(index -> slides(index, reader));
                    }
                });
            }
        }
        return found[0];
    }

    private static boolean slides(Index index, Stage reader) {
        List<Axis> axes = reader.axes();
        return index.dependsOn(
                axis -> axes.indexOf(axis) >= 2 || axes.size() <= 2 && !axes.isEmpty() && axis == axes.getFirst());
    }

    /// The tensor whose reading a stage is, if it is one.
    static Optional<Source> tensor(Stage stage) {
        return stage.name().equals(LOAD) && element(stage) instanceof Expr.Read(Source source, _)
                ? Optional.of(source)
                : Optional.empty();
    }

    /// The stage whose elements a stage takes, if it does nothing else.
    static Optional<Stage> taken(Stage stage) {
        return stage.name().equals(TAKE) && element(stage) instanceof Expr.Call(Stage callee, _)
                ? Optional.of(callee)
                : Optional.empty();
    }

    /// Where in `other` the elements of a stage lie that are nothing but those, with one constant around them.
    static Optional<List<Index>> takes(Stage stage, Stage other) {
        return stage.reduces()
                ? Optional.empty()
                : reading(stage.finish(), new Operand.OfStage(other)).map(Reading::at);
    }

    private static Expr element(Stage stage) {
        Expr value = stage.finish();
        while (value instanceof Expr.Within within) {
            value = within.value();
        }
        return value;
    }

    /// One reading of a tensor: where, and with what around it.
    private record Reading(List<Index> at, Optional<Expr.Constant> padding) {}

    private void stage(Operand operand, Function<List<Index>, Expr> element) {
        List<Reading> readings = new ArrayList<>();
        for (Stage stage : group.stages()) {
            Group.expressions(stage).forEach(expr -> collect(expr, operand, readings));
        }
        Shape shape = operand.shape();
        if (readings.isEmpty() || shape.rank() == 0) {
            return;
        }
        Set<Optional<Expr.Constant>> paddings = new LinkedHashSet<>();
        readings.forEach(reading -> paddings.add(reading.padding()));
        Optional<Expr.Constant> padding =
                paddings.size() == 1 ? readings.getFirst().padding() : Optional.empty();
        List<Axis> axes = new ArrayList<>();
        List<Long> first = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            Range reach = padding.isPresent() ? reach(readings, axis) : new Range(0, Math.max(0, shape.dim(axis) - 1));
            axes.add(new Axis("x" + axis, reach.size()));
            first.add(reach.lo());
        }
        String name = switch (operand) {
            case Operand.OfSource _ -> LOAD;
            case Operand.OfStage _ -> TAKE;
        };
        Stage load = Stage.map(name, axes, value(shape, axes, first, padding, element));
        staged.put(operand, new Staged(load, first, padding));
    }

    private static Range reach(List<Reading> readings, int axis) {
        return readings.stream()
                .map(reading -> reading.at().get(axis).range())
                .reduce(Range::union)
                .orElseThrow();
    }

    private static Expr value(
            Shape shape,
            List<Axis> axes,
            List<Long> first,
            Optional<Expr.Constant> padding,
            Function<List<Index>, Expr> element) {
        List<Index> at = new ArrayList<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            at.add(Index.of(axes.get(axis)).plus(first.get(axis)));
        }
        Expr value = element.apply(at);
        if (padding.isEmpty()) {
            return value;
        }
        for (int axis = axes.size() - 1; axis >= 0; axis--) {
            long extent = shape.dim(axis);
            if (!at.get(axis).range().isWithin(0, extent)) {
                value = new Expr.Within(at.get(axis), 0, extent, value, padding.get());
            }
        }
        return value;
    }

    private static void collect(Expr expr, Operand operand, List<Reading> readings) {
        Optional<Reading> reading = reading(expr, operand);
        if (reading.isPresent()) {
            readings.add(reading.get());
        } else {
            expr.operands().forEach(inner -> collect(inner, operand, readings));
        }
    }

    /// The reading that `expr` is as a whole: the tensor's element, within any number of paddings that test the
    /// coordinates it is read at and yield one constant.
    private static Optional<Reading> reading(Expr expr, Operand operand) {
        Optional<List<Index>> at = operand.readAt(expr);
        if (at.isPresent()) {
            return Optional.of(new Reading(at.get(), Optional.empty()));
        }
        if (!(expr instanceof Expr.Within within) || !(within.otherwise() instanceof Expr.Constant outside)) {
            return Optional.empty();
        }
        Optional<Reading> inner = reading(within.value(), operand);
        if (inner.isEmpty()
                || inner.get().padding().filter(other -> !other.equals(outside)).isPresent()) {
            return Optional.empty();
        }
        int axis = inner.get().at().indexOf(within.index());
        boolean tests =
                axis >= 0 && within.lo() == 0 && within.hi() == operand.shape().dim(axis);
        return tests ? Optional.of(new Reading(inner.get().at(), Optional.of(outside))) : Optional.empty();
    }

    private Stage rewritten(Stage stage) {
        return rewritten.getOrDefault(stage, stage);
    }

    private void rewrite(Stage stage) {
        Expr finish = rewrite(stage.finish());
        if (!stage.reduces()) {
            rewritten.put(stage, Stage.map(stage.name(), stage.axes(), finish));
            return;
        }
        List<Stage.Accumulator> accumulators = stage.accumulators().stream()
                .map(one -> new Stage.Accumulator(rewrite(one.init()), rewrite(one.update()), one.combine()))
                .toList();
        rewritten.put(stage, Stage.reduce(stage.name(), stage.axes(), stage.reduction(), accumulators, finish));
    }

    private Expr rewrite(Expr expr) {
        for (Map.Entry<Operand, Staged> entry : staged.entrySet()) {
            Staged one = entry.getValue();
            Optional<Reading> reading = reading(expr, entry.getKey());
            if (reading.isPresent() && reading.get().padding().equals(one.padding())) {
                return new Expr.Call(one.stage(), coordinates(reading.get(), one));
            }
        }
        return expr instanceof Expr.Call(Stage callee, List<Index> at)
                ? new Expr.Call(rewritten(callee), at)
                : expr.mapOperands(this::rewrite);
    }

    private static List<Index> coordinates(Reading reading, Staged one) {
        List<Index> coordinates = new ArrayList<>();
        for (int axis = 0; axis < reading.at().size(); axis++) {
            coordinates.add(reading.at().get(axis).plus(-one.first().get(axis)));
        }
        return coordinates;
    }
}
