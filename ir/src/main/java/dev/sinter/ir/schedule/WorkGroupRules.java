package dev.sinter.ir.schedule;

import dev.sinter.ir.schedule.Legality.Illegal;
import java.util.List;
import java.util.Optional;

/// What stages must keep to that the work-items of a group compute together.
final class WorkGroupRules {
    private final Demand demand;

    WorkGroupRules(Demand demand) {
        this.demand = demand;
    }

    Optional<Illegal> firstBroken() {
        return demand.nests().stream()
                .map(nest -> items(nest).or(() -> barriers(nest)).or(() -> split(nest)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private long launched(int dimension) {
        return demand.nests().getFirst().workItems(dimension);
    }

    private Optional<Illegal> items(Nest nest) {
        for (int dimension = 0; dimension < LoopKind.DIMENSIONS; dimension++) {
            long own = nest.workItems(dimension);
            if (own > launched(dimension)) {
                return illegal(
                        nest,
                        ScheduleRule.ITEMS_THERE,
                        "is filled by " + own + " work-items along dimension " + dimension + " but its kernel has "
                                + launched(dimension));
            }
        }
        return Optional.empty();
    }

    /// Barriers stand beside the loops that fill local memory: no loop that only some work-items run may be around
    /// them.
    private Optional<Illegal> barriers(Nest nest) {
        boolean waits = nest.isShared() || !nest.sharedReduction().isEmpty();
        Nest inner = nest;
        while (waits && inner.plan().placement() instanceof Placement.At at) {
            Nest consumer = demand.nest(at.consumer());
            if (consumer.isShared() && at.computed() > 0) {
                return illegal(
                        nest,
                        ScheduleRule.BARRIER_FOR_ALL,
                        "has a barrier inside of loops of " + consumer.stage() + ", which not all work-items run");
            }
            inner = consumer;
        }
        return Optional.empty();
    }

    private Optional<Illegal> split(Nest nest) {
        if (nest.sharedReduction().isEmpty()) {
            return Optional.empty();
        }
        for (int dimension = 0; dimension < LoopKind.DIMENSIONS; dimension++) {
            if (nest.workItems(dimension) != launched(dimension)) {
                return illegal(
                        nest,
                        ScheduleRule.SPLIT_BY_ALL,
                        "has loops of " + nest.workItems(dimension) + " work-items along dimension " + dimension
                                + " where its kernel has " + launched(dimension));
            }
        }
        List<Nest.Counter> inner =
                nest.counters().subList(nest.reductionDepth(), nest.counters().size());
        return inner.stream()
                        .anyMatch(
                                counter -> !counter.reduces() && counter.loop().kind() instanceof LoopKind.Local)
                ? illegal(
                        nest,
                        ScheduleRule.SPLIT_BY_ALL,
                        "has loops of work-items over its result inside of its reduction")
                : Optional.empty();
    }

    private static Optional<Illegal> illegal(Nest nest, ScheduleRule rule, String fact) {
        return Optional.of(new Illegal(nest.stage(), rule, fact));
    }
}
