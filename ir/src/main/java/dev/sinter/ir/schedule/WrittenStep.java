package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Excerpt;
import dev.sinter.ir.diag.Place;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a text says of one step. Its names mean nothing yet: which stages and axes there are, a group says.
///
/// @param name of the step
public record WrittenStep(Handle name, List<Line> lines) {
    public WrittenStep {
        lines = List.copyOf(lines);
    }

    /// A name as it is written, for the `number`-th of all things that have it.
    public record Handle(Handles.Name name, int number, Place place) {
        @Override
        public String toString() {
            return Handles.text(name, number);
        }

        boolean isSame(Handle other) {
            return name.equals(other.name) && number == other.number;
        }
    }

    /// What is said of one stage.
    public record Line(Handle stage, WrittenPlacement placement, List<WrittenLoop> loops) {
        public Line {
            loops = List.copyOf(loops);
        }
    }

    /// A [Placement] whose consumer is a name.
    public sealed interface WrittenPlacement {
        /// One that names no other stage.
        record Plain(Placement placement) implements WrittenPlacement {}

        record At(Handle consumer, int computed, int kept, Memory memory) implements WrittenPlacement {}
    }

    /// A [Loop] whose axis is a name.
    public record WrittenLoop(Handle axis, long step, long extent, LoopKind kind, Tail tail) {}

    /// What the text means for a group.
    ///
    /// @param lines where the text plans each stage, and as what
    public record Resolved(Schedule schedule, Map<Stage, Handle> lines) {
        public Resolved {
            lines = Collections.unmodifiableMap(lines);
        }
    }

    /// True if every stage that the text plans is one of the group's, or reads a tensor or takes what a stage computes.
    public boolean isFor(Group group) {
        // A stage that reads a tensor is any group's, whatever the tensor is called.
        Handles<Stage> stages = Handles.ofStages(group);
        return lines.stream()
                .map(Line::stage)
                .allMatch(stage ->
                        stage.name().of().isPresent() || stages.find(stage).isPresent());
    }

    /// The group with a stage for the reading of each tensor, and the taking of each stage's elements, that has a line
    /// of its own.
    ///
    /// @throws CompileException if the group has no such tensor or stage
    public Group staged(Group group) {
        return staged(group, TensorNames.OWN);
    }

    /// @param names what the text calls the tensors that the group reads
    public Group staged(Group group, TensorNames names) {
        Handles<Stage> stages = Handles.ofStages(group, names);
        Set<Source> tensors = new LinkedHashSet<>();
        Set<Stage> taken = new LinkedHashSet<>();
        for (Line line : lines) {
            Handle stage = line.stage();
            if (stage.name().of().isEmpty() || stages.find(stage).isPresent()) {
                continue;
            }
            String of = stage.name().of().get();
            if (stage.name().word().equals(Staging.LOAD)) {
                tensors.add(tensor(stage, of, group, names));
            } else if (stage.name().word().equals(Staging.TAKE)) {
                group.stages().stream()
                        .filter(other -> stages.text(other).equals(of))
                        .forEach(taken::add);
            }
        }
        return tensors.isEmpty() && taken.isEmpty()
                ? group
                : Staging.of(group, tensors, taken).group();
    }

    private Source tensor(Handle load, String tensor, Group group, TensorNames names) {
        return group.sources().stream()
                .filter(source ->
                        names.of(source).equals(tensor) && source.type().shape().rank() > 0)
                .findFirst()
                .orElseThrow(() -> unknown(
                        load.place(),
                        "found stage " + load + " but step " + name + " reads the tensors "
                                + Excerpt.of(
                                        group.sources().stream().map(names::of).toList())));
    }

    /// @throws CompileException if the group has no such stage or axis, or a stage is planned twice
    public Resolved resolve(Group group) {
        return resolve(group, TensorNames.OWN);
    }

    /// @param names what the text calls the tensors that the group reads
    public Resolved resolve(Group group, TensorNames names) {
        Handles<Stage> stages = Handles.ofStages(group, names);
        Map<Stage, StagePlan> plans = new LinkedHashMap<>();
        Map<Stage, Handle> named = new IdentityHashMap<>();
        for (Line line : lines) {
            Stage stage = stage(line.stage(), stages);
            Handle earlier = named.putIfAbsent(stage, line.stage());
            if (earlier != null) {
                throw new CompileException(
                        Code.SCHEDULE_DUPLICATE,
                        line.stage().place().toString(),
                        "plans stage " + line.stage() + " but line "
                                + earlier.place().line() + " planned it already",
                        "every stage of a step has one line");
            }
            Handles<Axis> axes = Handles.ofAxes(stage);
            List<Loop> loops = new ArrayList<>();
            for (WrittenLoop loop : line.loops()) {
                Axis axis = axis(loop.axis(), line.stage(), axes);
                loops.add(new Loop(axis, loop.step(), loop.extent(), loop.kind(), loop.tail()));
            }
            plans.put(stage, new StagePlan(placement(line.placement(), stages), loops));
        }
        return new Resolved(new Schedule(plans), named);
    }

    private Stage stage(Handle written, Handles<Stage> stages) {
        return stages.find(written)
                .orElseThrow(() -> unknown(
                        written.place(),
                        "found stage " + written + " but step " + name + " has " + Excerpt.of(stages.all())));
    }

    private static Axis axis(Handle written, Handle stage, Handles<Axis> axes) {
        return axes.find(written)
                .orElseThrow(() -> unknown(
                        written.place(),
                        "found axis " + written + " but stage " + stage + " has " + Excerpt.of(axes.all())));
    }

    private static CompileException unknown(Place place, String fact) {
        return new CompileException(Code.SCHEDULE_UNKNOWN, place.toString(), fact, null);
    }

    private Placement placement(WrittenPlacement written, Handles<Stage> stages) {
        return switch (written) {
            case WrittenPlacement.Plain(Placement placement) -> placement;
            case WrittenPlacement.At(Handle consumer, int computed, int kept, Memory memory) ->
                new Placement.At(stage(consumer, stages), computed, kept, memory);
        };
    }
}
