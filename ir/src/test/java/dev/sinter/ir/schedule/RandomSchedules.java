package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/// Groups of stages with names that make a parser's life hard, and schedules of them that make no sense.
final class RandomSchedules {
    private static final List<String> NAMES = List.of(
            "conv",
            "conv",
            "relu",
            "max_pool",
            "step",
            "inline",
            "at",
            "kept",
            "demand",
            "peel",
            "conv#2",
            "#2",
            "",
            " ",
            "a b",
            "a:b",
            "a,b",
            "a;b",
            "\"",
            "\\",
            "a\nb",
            "\tü",
            "/conv1/Conv.0-a",
            "9",
            "-1",
            "a//b",
            "\u2028",
            "\ud800",
            "sinter.schedule",
            "load",
            "(",
            "load(x)");

    private static final List<Long> NUMBERS = List.of(1L, 2L, 3L, 16L, 224L, (long) Integer.MAX_VALUE, Long.MAX_VALUE);

    private final Random random;

    RandomSchedules(long seed) {
        random = new Random(seed);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private int number() {
        return (int) Math.min(any(NUMBERS), Integer.MAX_VALUE);
    }

    Group group() {
        List<Stage> stages =
                Stream.generate(this::stage).limit(1 + random.nextInt(6)).toList();
        return new Group(any(NAMES), new Value("y", stages.getLast().tensorType()), stages);
    }

    private Stage stage() {
        List<Axis> axes = axes(random.nextInt(5));
        List<Axis> reduction = axes(random.nextInt(4));
        Expr one = Expr.constant(1, ElementType.FLOAT32);
        if (random.nextInt(4) == 0) {
            Value tensor = new Value(any(NAMES), TensorType.float32());
            return Stage.map(Staging.LOAD, axes, new Expr.Read(tensor, List.of()));
        }
        return reduction.isEmpty() ? Stage.map(any(NAMES), axes, one) : Stage.sum(any(NAMES), axes, reduction, one);
    }

    private List<Axis> axes(int count) {
        List<String> names = random.nextBoolean() ? NAMES : List.of("n", "c", "h", "w");
        return Stream.generate(() -> new Axis(any(names), 1 + random.nextInt(9)))
                .limit(count)
                .toList();
    }

    /// For all stages or only some, in any order.
    Schedule schedule(Group group) {
        List<Stage> stages = new ArrayList<>(group.stages());
        Collections.shuffle(stages, random);
        Map<Stage, StagePlan> plans = new LinkedHashMap<>();
        stages.stream().limit(random.nextInt(stages.size() + 1)).forEach(stage -> plans.put(stage, plan(group, stage)));
        return new Schedule(plans);
    }

    private StagePlan plan(Group group, Stage stage) {
        List<Axis> axes =
                Stream.concat(stage.axes().stream(), stage.reduction().stream()).toList();
        List<Loop> loops = axes.isEmpty()
                ? List.of()
                : Stream.generate(() -> loop(any(axes)))
                        .limit(random.nextInt(6))
                        .toList();
        return new StagePlan(placement(group), loops);
    }

    private Placement placement(Group group) {
        int computed = number();
        int kept = random.nextBoolean() ? computed : random.nextInt(computed);
        return switch (random.nextInt(3)) {
            case 0 -> Placement.INLINE;
            case 1 -> new Placement.Root(memory());
            default -> new Placement.At(any(group.stages()), computed, kept, memory());
        };
    }

    private Memory memory() {
        return any(List.of(Memory.REGISTERS, Memory.LOCAL, Memory.BUFFER, new Memory.Channel(number())));
    }

    private Loop loop(Axis axis) {
        LoopKind kind = any(List.of(
                LoopKind.SERIAL,
                LoopKind.UNROLL,
                LoopKind.VECTOR,
                new LoopKind.Global(random.nextInt(3)),
                new LoopKind.Local(random.nextInt(3)),
                new LoopKind.Pipeline(number())));
        long extent = random.nextInt(4) == 0 ? 0 : any(NUMBERS);
        return new Loop(axis, any(NUMBERS), extent, kind, any(List.of(Tail.values())));
    }
}
