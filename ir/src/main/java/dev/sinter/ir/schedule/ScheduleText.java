package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Stage;
import java.util.Map;
import java.util.stream.Collectors;

/// Prints schedules for people.
public final class ScheduleText {
    private ScheduleText() {}

    /// A line per stage: where it lives, then its loops from the outermost on. A loop is written `axis extent kind`,
    /// with the step behind a colon where it is not 1, and `region` where the extent is what readers demand.
    public static String print(Schedule schedule) {
        return schedule.plans().entrySet().stream().map(ScheduleText::line).collect(Collectors.joining("\n"));
    }

    private static String line(Map.Entry<Stage, StagePlan> entry) {
        String loops = entry.getValue().loops().stream().map(ScheduleText::loop).collect(Collectors.joining(", "));
        String storage = storage(entry.getValue().storage());
        return entry.getKey().name() + ": " + storage + (loops.isEmpty() ? "" : "; " + loops);
    }

    private static String storage(Storage storage) {
        return switch (storage) {
            case Storage.Inline() -> "inline";
            case Storage.Registers(int depth) -> "registers inside " + depth + (depth == 1 ? " loop" : " loops");
            case Storage.Buffer() -> "buffer";
        };
    }

    private static String loop(Loop loop) {
        String extent = loop.extent() == 0 ? "region" : String.valueOf(loop.extent());
        String step = loop.step() == 1 ? "" : ":" + loop.step();
        return loop.axis().name() + " " + extent + step + " " + kind(loop.kind());
    }

    private static String kind(LoopKind kind) {
        return switch (kind) {
            case LoopKind.Serial() -> "serial";
            case LoopKind.Unroll() -> "unroll";
            case LoopKind.Vector() -> "vector";
            case LoopKind.Global() -> "global";
            case LoopKind.Pipeline(int interval) -> "pipeline " + interval;
        };
    }
}
