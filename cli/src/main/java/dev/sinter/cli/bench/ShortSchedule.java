package dev.sinter.cli.bench;

import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.op.WinogradConv;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.Loop;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A schedule in a few words: how often the loops run that a kernel is called for, outermost first, by what becomes of
/// their iterations. `sinter inspect --schedules` has all of it.
final class ShortSchedule {
    private ShortSchedule() {}

    /// @param root the stage that the kernel is called for
    static String of(Step step, Stage root) {
        Schedule schedule = step.schedule();
        List<String> words = new ArrayList<>(algorithms(step));
        byKind(schedule.plan(root).loops())
                .forEach((kind, extents) -> words.add(kind + " " + String.join("x", extents)));
        return String.join(", ", words);
    }

    private static List<String> algorithms(Step step) {
        return step.cluster().nodes().stream()
                .map(Node::op)
                .flatMap(op ->
                        op instanceof WinogradConv winograd ? Stream.of("winograd " + winograd.tile()) : Stream.of())
                .toList();
    }

    private static Map<String, List<String>> byKind(List<Loop> loops) {
        Map<String, List<String>> extents = new LinkedHashMap<>();
        loops.stream()
                .filter(loop -> loop.isOverDemand() || loop.extent() > 1)
                .forEach(loop -> extents.computeIfAbsent(word(loop.kind()), _ -> new ArrayList<>())
                        .add(loop.isOverDemand() ? "?" : String.valueOf(loop.extent())));
        return extents;
    }

    private static String word(LoopKind kind) {
        return switch (kind) {
            case LoopKind.Serial() -> "serial";
            case LoopKind.Unroll() -> "unroll";
            case LoopKind.Vector() -> "vector";
            case LoopKind.Global _ -> "global";
            case LoopKind.Local _ -> "local";
            case LoopKind.Pipeline _ -> "pipeline";
        };
    }
}
