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
    ///
    /// @param from the first value of the counter: what comes before it was computed by an earlier iteration of a loop
    ///     outside
    public record Counter(Loop loop, Axis axis, boolean reduces, Index from) {}

    /// One axis of what is demanded of a stage: `extent` coordinates from `base` on, an index over loops outside.
    public record Span(Index base, long extent) {}

    private final Stage stage;
    private final StagePlan plan;
    private final List<Span> box;
    private final List<Counter> around;
    private final List<Counter> counters = new ArrayList<>();
    private final Map<Axis, Index> positions = new IdentityHashMap<>();
    private final Optional<Counter> lanes;
    private final Optional<Storage> storage;

    /// @param box what is demanded, per output axis; everything for the root of a kernel
    /// @param around the counters of the loops outside, outermost first
    /// @param rings what is kept between iterations of the loops outside, if anything is
    /// @param whole false if single lanes of its vectors are read
    Nest(Stage stage, StagePlan plan, List<Span> box, List<Counter> around, Optional<Rings> rings, boolean whole) {
        this.stage = stage;
        this.plan = plan;
        this.box = List.copyOf(box);
        this.around = List.copyOf(around);
        for (int i = 0; i < stage.axes().size(); i++) {
            positions.put(stage.axes().get(i), box.get(i).base());
        }
        stage.reduction().forEach(axis -> positions.put(axis, Index.ZERO));
        for (Loop loop : plan.loops()) {
            boolean reduces = stage.reduction().contains(loop.axis());
            long extent = loop.isOverDemand() ? Math.ceilDiv(span(loop.axis()).extent(), loop.step()) : loop.extent();
            Index from = reduces || rings.isEmpty()
                    ? Index.ZERO
                    : rings.get().from().get(stage.axes().indexOf(loop.axis()));
            Counter counter = new Counter(loop, new Axis(name(loop), extent), reduces, from);
            counters.add(counter);
            positions.merge(loop.axis(), distance(counter), Index::plus);
        }
        this.lanes = counters.stream()
                .filter(counter -> counter.loop().kind() instanceof LoopKind.Vector
                        && counter.axis().extent() > 1)
                .findFirst();
        this.storage =
                plan.placement() instanceof Placement.At at ? storage(at.memory(), rings, whole) : Optional.empty();
    }

    /// How far from the start of the demand an iteration is. A tail that overlaps starts early enough to end in time.
    private Index distance(Counter counter) {
        Index distance = Index.of(counter.axis()).times(counter.loop().step());
        if (counter.loop().tail() != Tail.OVERLAP) {
            return distance;
        }
        Axis axis = counter.loop().axis();
        long demanded = counter.reduces() ? axis.extent() : span(axis).extent();
        return distance.clamped(0, Math.max(0, demanded - counter.loop().step()));
    }

    private Optional<Storage> storage(Memory memory, Optional<Rings> rings, boolean whole) {
        boolean array = switch (memory) {
            case Memory.Registers(), Memory.Local() -> true;
            case Memory.Buffer(), Memory.Channel _ -> false;
        };
        if (!array) {
            return Optional.empty();
        }
        List<Storage.Dimension> dimensions = new ArrayList<>();
        for (int place = 0; place < stage.axes().size(); place++) {
            Axis axis = stage.axes().get(place);
            Storage.Dimension kept = rings.isPresent()
                    ? rings.get().dimensions().get(place)
                    : new Storage.Dimension(
                            box.get(place).base(), box.get(place).extent(), false);
            // Tiles of a stage's own may reach beyond what is demanded.
            dimensions.add(new Storage.Dimension(kept.base(), Math.max(kept.extent(), covered(axis)), kept.ring()));
        }
        return Optional.of(new Storage(
                memory,
                dimensions,
                lanes.map(counter -> new Storage.Lanes(
                        stage.axes().indexOf(counter.loop().axis()),
                        counter.axis().extent(),
                        whole))));
    }

    /// How many coordinates the loops over an axis go through.
    long covered(Axis axis) {
        long covered = 1;
        for (Counter counter : counters) {
            if (counter.loop().axis() == axis) {
                covered = Math.multiplyExact(covered, counter.axis().extent());
            }
        }
        return covered;
    }

    private String name(Loop loop) {
        int own = 0;
        for (Loop other : plan.loops()) {
            own += other.axis() == loop.axis() ? 1 : 0;
        }
        return own > 1
                ? loop.axis().name() + (loop.step() == 1 ? "i" : "o")
                : loop.axis().name();
    }

    public Stage stage() {
        return stage;
    }

    public StagePlan plan() {
        return plan;
    }

    /// Where in the loops of another stage it is computed; none for the root of a kernel.
    public Optional<Placement.At> at() {
        return plan.placement() instanceof Placement.At at ? Optional.of(at) : Optional.empty();
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

    /// The array that the stage's elements are in; none where they are in memory that other kernels see.
    public Optional<Storage> storage() {
        return storage;
    }

    /// True if the work-items of a group compute the stage together.
    public boolean isShared() {
        return storage.map(array -> array.memory() instanceof Memory.Local).orElse(false);
    }

    /// True if iterations of the loops around may compute the stage more than once.
    public boolean isRepeated() {
        return around.stream()
                .anyMatch(counter ->
                        counter.axis().extent() > 1 && !counter.loop().kind().isParallel());
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
        return lanes;
    }

    /// How many work-items along a dimension the stage's own loops are for.
    public long workItems(int dimension) {
        long items = 1;
        for (Counter counter : counters) {
            if (counter.loop().kind() instanceof LoopKind.Local(int own) && own == dimension) {
                items = Math.multiplyExact(items, counter.axis().extent());
            }
        }
        return items;
    }

    /// The counters of a reduction that work-items share, outermost first.
    public List<Counter> sharedReduction() {
        return counters.stream()
                .filter(counter -> counter.reduces() && counter.loop().kind() instanceof LoopKind.Local)
                .toList();
    }
}
