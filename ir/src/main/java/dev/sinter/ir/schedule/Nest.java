package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The loops of one stage inside one kernel, with the counters that they run.
public final class Nest {
    /// One loop and its counter. A counter of one iteration never appears in an index.
    public record Counter(Loop loop, Axis axis, boolean reduces) {}

    /// One axis of what is demanded of a stage: `extent` coordinates from `base` on, an index over loops outside.
    public record Span(Index base, long extent) {}

    private final Stage stage;
    private final StagePlan plan;
    private final List<Span> box;
    private final List<Counter> around;
    private final List<Counter> counters = new ArrayList<>();
    private final Map<Axis, Index> positions = new IdentityHashMap<>();

    /// @param box what is demanded, per output axis; everything for the root of a kernel
    /// @param around the counters of the loops outside, outermost first
    Nest(Stage stage, StagePlan plan, List<Span> box, List<Counter> around) {
        this.stage = stage;
        this.plan = plan;
        this.box = List.copyOf(box);
        this.around = List.copyOf(around);
        for (int i = 0; i < stage.axes().size(); i++) {
            positions.put(stage.axes().get(i), box.get(i).base());
        }
        stage.reduction().forEach(axis -> positions.put(axis, Index.ZERO));
        for (Loop loop : plan.loops()) {
            long extent = loop.isOverDemand() ? span(loop.axis()).extent() : loop.extent();
            Counter counter = new Counter(
                    loop, new Axis(name(loop), extent), stage.reduction().contains(loop.axis()));
            counters.add(counter);
            positions.merge(loop.axis(), Index.of(counter.axis()).times(loop.step()), Index::plus);
        }
    }

    private String name(Loop loop) {
        boolean split = plan.loops().stream()
                        .filter(other -> other.axis() == loop.axis())
                        .count()
                > 1;
        return split
                ? loop.axis().name() + (loop.step() == 1 ? "i" : "o")
                : loop.axis().name();
    }

    public Stage stage() {
        return stage;
    }

    public StagePlan plan() {
        return plan;
    }

    /// From the outermost to the innermost.
    public List<Counter> counters() {
        return counters;
    }

    /// Those of the loops that the stage is computed inside of, outermost first.
    public List<Counter> around() {
        return around;
    }

    /// What is demanded along an output axis.
    public Span span(Axis axis) {
        return box.get(stage.axes().indexOf(axis));
    }

    /// One of the stage's axes as an index over counters.
    public Index position(Axis axis) {
        return Expect.present(positions.get(axis), axis);
    }

    public int reductionDepth() {
        return plan.reductionDepth(stage);
    }

    /// The counter whose values are the lanes of vectors, if any.
    public Optional<Counter> lanes() {
        return counters.stream()
                .filter(counter -> counter.loop().kind() instanceof LoopKind.Vector
                        && counter.axis().extent() > 1)
                .findFirst();
    }
}
