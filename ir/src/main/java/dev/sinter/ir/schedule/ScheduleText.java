package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Stage;
import java.util.Map;
import java.util.stream.Collectors;

/// The schedule of one group as text: a line per stage.
public final class ScheduleText {
    private final Handles<Stage> stages;

    private ScheduleText(Group group, TensorNames tensors) {
        stages = Handles.ofStages(group, tensors);
    }

    /// A line per stage: where it is computed, then its loops from the outermost on. A loop is written `axis extent
    /// kind`, with the step behind a colon where it is not 1, and `demand` where the extent is what readers demand.
    ///
    /// @param schedule over the group's stages and their own axes, legal or not
    public static String print(Group group, Schedule schedule) {
        return print(group, schedule, TensorNames.OWN);
    }

    /// As above, with other names for the tensors that the group reads.
    public static String print(Group group, Schedule schedule, TensorNames tensors) {
        ScheduleText text = new ScheduleText(group, tensors);
        return schedule.plans().entrySet().stream().map(text::line).collect(Collectors.joining("\n"));
    }

    /// The schedule that was printed. Whether it is legal is another question.
    ///
    /// @throws CompileException if the text cannot be read, or names what the group does not have
    public static Schedule parse(Group group, String text) {
        return new ScheduleParser(text, "schedule")
                .step(group.name())
                .resolve(group)
                .schedule();
    }

    private String line(Map.Entry<Stage, StagePlan> entry) {
        Handles<Axis> axes = Handles.ofAxes(entry.getKey());
        StagePlan plan = entry.getValue();
        String loops = plan.loops().stream().map(loop -> loop(loop, axes)).collect(Collectors.joining(", "));
        return stages.text(entry.getKey()) + ": " + placement(plan.placement()) + (loops.isEmpty() ? "" : "; " + loops);
    }

    private String placement(Placement placement) {
        return switch (placement) {
            case Placement.Inline() -> "inline";
            case Placement.At(Stage consumer, int computed, int kept, Memory memory) ->
                memory(memory) + " at " + stages.text(consumer) + " " + computed
                        + (kept == computed ? "" : " kept " + kept);
            case Placement.Root(Memory memory) -> memory(memory);
        };
    }

    private static String memory(Memory memory) {
        return switch (memory) {
            case Memory.Registers() -> "registers";
            case Memory.Local() -> "local";
            case Memory.Buffer() -> "buffer";
            case Memory.Channel(int depth) -> "channel " + depth;
        };
    }

    private static String loop(Loop loop, Handles<Axis> axes) {
        String extent = loop.isOverDemand() ? "demand" : String.valueOf(loop.extent());
        String step = loop.step() == 1 ? "" : ":" + loop.step();
        String tail = switch (loop.tail()) {
            case GUARD -> "";
            case PEEL -> " peel";
            case OVERLAP -> " overlap";
        };
        return axes.text(loop.axis()) + " " + extent + step + " " + kind(loop.kind()) + tail;
    }

    private static String kind(LoopKind kind) {
        return switch (kind) {
            case LoopKind.Serial() -> "serial";
            case LoopKind.Unroll() -> "unroll";
            case LoopKind.Vector() -> "vector";
            case LoopKind.Global(int dimension) -> "global " + dimension;
            case LoopKind.Local(int dimension) -> "local " + dimension;
            case LoopKind.Pipeline(int interval) -> "pipeline " + interval;
        };
    }
}
