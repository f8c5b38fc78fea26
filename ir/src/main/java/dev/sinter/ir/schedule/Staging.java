package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes the reading of tensors a stage of its own, whose elements are those of the tensor, so that a schedule can say
/// where they are kept: a tile in local memory, a line buffer, weights on the chip.
///
/// Where everything that reads a tensor pads it in the same way, the stage is the padded tensor: padding is then
/// decided once for each element that is staged, and not for each time that it is read.
public final class Staging {
    /// What stages that read tensors are called.
    public static final String NAME = "load";

    private final Map<Source, Staged> staged = new LinkedHashMap<>();
    private final Map<Stage, Stage> rewritten = new IdentityHashMap<>();

    /// A tensor's stage, and the coordinate of the tensor that is its coordinate 0 along each axis.
    private record Staged(Stage stage, List<Long> first, Optional<Expr.Constant> padding) {}

    private Staging() {}

    /// A group, and the stages in it that read tensors.
    public record Result(Group group, Map<Source, Stage> loads) {
        public Result {
            loads = Map.copyOf(loads);
        }
    }

    /// The tensor whose reading a stage is, if it is one.
    public static Optional<Source> tensor(Stage stage) {
        Expr value = stage.finish();
        while (value instanceof Expr.Within within) {
            value = within.value();
        }
        return stage.name().equals(NAME) && value instanceof Expr.Read(Source source, _)
                ? Optional.of(source)
                : Optional.empty();
    }

    /// The group with a stage in place of each tensor in `sources` that it reads.
    public static Result of(Group group, Set<? extends Source> sources) {
        Staging staging = new Staging();
        for (Source source : group.sources()) {
            if (sources.contains(source) && source.type().shape().rank() > 0) {
                staging.staged.put(source, stage(group, source));
            }
        }
        if (staging.staged.isEmpty()) {
            return new Result(group, Map.of());
        }
        group.stages().forEach(staging::rewrite);
        Stage root = staging.rewritten(group.root());
        Map<Source, Stage> loads = new LinkedHashMap<>();
        staging.staged.forEach((source, one) -> loads.put(source, one.stage()));
        return new Result(Group.of(group.name(), group.output(), root), loads);
    }

    /// One reading of a tensor: where, and with what around it.
    private record Reading(List<Index> at, Optional<Expr.Constant> padding) {}

    private static Staged stage(Group group, Source source) {
        List<Reading> readings = new ArrayList<>();
        for (Stage stage : group.stages()) {
            Group.expressions(stage).forEach(expr -> collect(expr, source, readings));
        }
        Set<Optional<Expr.Constant>> paddings = new LinkedHashSet<>();
        readings.forEach(reading -> paddings.add(reading.padding()));
        Optional<Expr.Constant> padding = paddings.size() == 1 ? readings.getFirst().padding() : Optional.empty();
        List<Axis> axes = new ArrayList<>();
        List<Long> first = new ArrayList<>();
        for (int axis = 0; axis < source.type().shape().rank(); axis++) {
            long extent = source.type().shape().dim(axis);
            Range reach = padding.isPresent() ? reach(readings, axis) : new Range(0, Math.max(0, extent - 1));
            axes.add(new Axis("x" + axis, reach.size()));
            first.add(reach.lo());
        }
        return new Staged(Stage.map(NAME, axes, value(source, axes, first, padding)), first, padding);
    }

    private static Range reach(List<Reading> readings, int axis) {
        return readings.stream()
                .map(reading -> reading.at().get(axis).range())
                .reduce(Range::union)
                .orElseThrow();
    }

    private static Expr value(Source source, List<Axis> axes, List<Long> first, Optional<Expr.Constant> padding) {
        List<Index> at = new ArrayList<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            at.add(Index.of(axes.get(axis)).plus(first.get(axis)));
        }
        Expr value = new Expr.Read(source, at);
        if (padding.isEmpty()) {
            return value;
        }
        for (int axis = axes.size() - 1; axis >= 0; axis--) {
            long extent = source.type().shape().dim(axis);
            if (!at.get(axis).range().isWithin(0, extent)) {
                value = new Expr.Within(at.get(axis), 0, extent, value, padding.get());
            }
        }
        return value;
    }

    private static void collect(Expr expr, Source source, List<Reading> readings) {
        Optional<Reading> reading = reading(expr, source);
        if (reading.isPresent()) {
            readings.add(reading.get());
        } else {
            expr.operands().forEach(operand -> collect(operand, source, readings));
        }
    }

    /// The reading that `expr` is as a whole: the tensor's element, within any number of paddings that test the
    /// coordinates it is read at and yield one constant.
    private static Optional<Reading> reading(Expr expr, Source source) {
        if (expr instanceof Expr.Read(Source read, List<Index> at) && read == source) {
            return Optional.of(new Reading(at, Optional.empty()));
        }
        if (!(expr instanceof Expr.Within within) || !(within.otherwise() instanceof Expr.Constant outside)) {
            return Optional.empty();
        }
        Optional<Reading> inner = reading(within.value(), source);
        if (inner.isEmpty() || inner.get().padding().filter(other -> !other.equals(outside)).isPresent()) {
            return Optional.empty();
        }
        int axis = inner.get().at().indexOf(within.index());
        boolean tests = axis >= 0
                && within.lo() == 0
                && within.hi() == source.type().shape().dim(axis);
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
        for (Map.Entry<Source, Staged> entry : staged.entrySet()) {
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
