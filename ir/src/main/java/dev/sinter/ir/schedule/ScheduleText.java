package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Stage;
import java.util.stream.Collectors;

/// Prints schedules for people.
public final class ScheduleText {
    private ScheduleText() {}

    /// A line per stage: where it is computed, then its loops from the outermost on. A loop is written `axis extent
    /// kind`, with the step behind a colon where it is not 1, and `demand` where the extent is what readers demand.
    public static String print(Schedule schedule) {
        return schedule.plans().entrySet().stream()
                .map(plan -> line(plan.getKey(), plan.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String line(Stage stage, StagePlan plan) {
        String loops = plan.loops().stream().map(ScheduleText::loop).collect(Collectors.joining(", "));
        return stage.name() + ": " + placement(plan.placement()) + (loops.isEmpty() ? "" : "; " + loops);
    }

    private static String placement(Placement placement) {
        return switch (placement) {
            case Placement.Inline() -> "inline";
            case Placement.At(Stage consumer, int computed, int kept, Memory memory) ->
                memory(memory) + " at " + consumer.name() + " " + computed + (kept == computed ? "" : " kept " + kept);
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

    private static String loop(Loop loop) {
        String extent = loop.isOverDemand() ? "demand" : String.valueOf(loop.extent());
        String step = loop.step() == 1 ? "" : ":" + loop.step();
        String tail = switch (loop.tail()) {
            case GUARD -> "";
            case PEEL -> " peel";
            case OVERLAP -> " overlap";
        };
        return loop.axis().name() + " " + extent + step + " " + kind(loop.kind()) + tail;
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
