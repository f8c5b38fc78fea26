package dev.sinter.ir.kernel;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Loop;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.StagePlan;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The loops of one stage inside one kernel, with the variables that count them.
final class Nest {
    /// One loop and its variable. An empty variable axis (extent 1) never appears in an index.
    record Variable(Loop loop, Axis axis, boolean reduces) {}

    private final Stage stage;
    private final StagePlan plan;
    private final List<Variable> variables = new ArrayList<>();
    private final Map<Axis, Index> positions = new IdentityHashMap<>();
    private final Map<Axis, Index> bases = new IdentityHashMap<>();

    /// @param region where the demanded region starts and how far it extends, per output axis; the whole for the root
    Nest(Stage stage, StagePlan plan, List<Region> region) {
        this.stage = stage;
        this.plan = plan;
        for (int i = 0; i < stage.axes().size(); i++) {
            Axis axis = stage.axes().get(i);
            positions.put(axis, region.get(i).base());
            bases.put(axis, region.get(i).base());
        }
        for (Axis axis : stage.reduction()) {
            positions.put(axis, Index.ZERO);
        }
        for (Loop loop : plan.loops()) {
            boolean reduces = stage.reduction().contains(loop.axis());
            long extent = loop.extent() != 0
                    ? loop.extent()
                    : region.get(stage.axes().indexOf(loop.axis())).extent();
            Axis variable = new Axis(name(loop), extent);
            variables.add(new Variable(loop, variable, reduces));
            positions.merge(loop.axis(), Index.of(variable).times(loop.step()), Index::plus);
        }
        requireCovered(region);
    }

    /// One axis of a demanded region: `extent` coordinates from `base` on.
    record Region(Index base, long extent) {}

    private String name(Loop loop) {
        boolean split = plan.loops().stream()
                        .filter(other -> other.axis() == loop.axis())
                        .count()
                > 1;
        if (!split) {
            return loop.axis().name();
        }
        return loop.axis().name() + (loop.step() == 1 ? "i" : "o");
    }

    private void requireCovered(List<Region> region) {
        for (int i = 0; i < stage.axes().size(); i++) {
            Axis axis = stage.axes().get(i);
            long covered = 1;
            for (Variable variable : variables) {
                covered *= variable.loop().axis() == axis ? variable.axis().extent() : 1;
            }
            if (covered < region.get(i).extent()) {
                throw Schedule.illegal(
                        stage,
                        "loops over " + axis + " cover " + covered + " but "
                                + region.get(i).extent() + " are demanded");
            }
        }
    }

    Stage stage() {
        return stage;
    }

    StagePlan plan() {
        return plan;
    }

    List<Variable> variables() {
        return variables;
    }

    /// The stage's axis as an index over the kernel's variables.
    Index position(Axis axis) {
        return Expect.present(positions.get(axis), axis);
    }

    /// Where the region starts.
    Index base(Axis axis) {
        return Expect.present(bases.get(axis), axis);
    }

    int reductionDepth() {
        return plan.reductionDepth(stage);
    }

    /// The variable whose values are the lanes of vectors, if any.
    Optional<Variable> lanes() {
        return variables.stream()
                .filter(variable -> variable.loop().kind() instanceof LoopKind.Vector
                        && variable.axis().extent() > 1)
                .findFirst();
    }
}
