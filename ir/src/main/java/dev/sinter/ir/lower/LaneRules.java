package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Legality.Illegal;
import dev.sinter.ir.schedule.Nest;
import dev.sinter.ir.schedule.ScheduleRule;
import dev.sinter.ir.schedule.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the lanes of vectors must keep to. Layouts decide too: where a halo holds what padding yields, lanes have
/// nothing to choose.
final class LaneRules implements FormulaWalk.Visitor {
    private final Demand demand;
    private final List<Illegal> broken = new ArrayList<>();

    private LaneRules(Demand demand) {
        this.demand = demand;
    }

    static Optional<Illegal> firstBroken(Demand demand, Layouts layouts) {
        LaneRules rules = new LaneRules(demand);
        FormulaWalk.of(demand, layouts, rules);
        return rules.broken.stream().findFirst();
    }

    private static Optional<Axis> lanes(Nest nest) {
        return nest.lanes().map(Nest.Counter::axis);
    }

    private void requireUniform(Nest nest, Index index, String what) {
        lanes(nest)
                .filter(index::dependsOn)
                .ifPresent(lanes -> broken.add(new Illegal(
                        nest.stage(),
                        ScheduleRule.LANES_AGREE,
                        what + " " + index + " differs between the lanes of " + lanes)));
    }

    @Override
    public void read(Nest nest, Source source, List<Index> coordinates, Facts facts) {}

    @Override
    public void choice(Nest nest, Index index) {
        requireUniform(nest, index, "a choice by");
    }

    @Override
    public void loaded(Nest nest, Index.Loaded loaded) {
        requireUniform(nest, Index.of(loaded), "the index");
    }

    @Override
    public void call(Nest nest, Stage stage, List<Index> coordinates) {
        Nest callee = demand.nest(stage);
        Storage storage = callee.storage().orElseThrow();
        List<Index> places = storage.places(coordinates);
        for (int axis = 0; axis < coordinates.size(); axis++) {
            Index inside = places.get(axis);
            int along = axis;
            if (storage.lanes().filter(own -> own.axis() == along).isEmpty()) {
                requireUniform(nest, inside, "what is read of " + stage + " at");
                continue;
            }
            boolean apart = lanes(nest)
                    .filter(lanes -> inside.dependsOn(lanes) && !inside.isUnitStride(lanes))
                    .isPresent();
            if (apart) {
                broken.add(new Illegal(
                        stage,
                        ScheduleRule.LANES_MATCH,
                        "lane " + inside + " of its vectors is read by the lanes of " + nest.stage()));
            }
        }
    }
}
