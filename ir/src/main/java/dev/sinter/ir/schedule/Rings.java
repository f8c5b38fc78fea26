package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What stays in an array between the iterations of the loops that come after those that it lives in.
///
/// Each of those loops may move what is demanded along one axis, by a fixed step. The axis that the outermost of them
/// moves is a ring as long as what is demanded at one time: what falls out of the window is overwritten. Whatever the
/// inner ones move along is there as a whole, since it is read again in the outer loop's next iteration. Computed is
/// only what the step brings in; in a loop's first iteration, all.
final class Rings {
    private final List<Nest.Counter> moving;
    private final List<Storage.Dimension> dimensions = new ArrayList<>();
    private final List<Index> from = new ArrayList<>();
    private final List<Boolean> moves = new ArrayList<>();
    private Optional<String> fault = Optional.empty();

    /// @param box what is demanded inside all loops
    /// @param whole what is demanded inside the loops that the array lives in
    /// @param moving the counters of the loops between the two, outermost first
    Rings(Stage stage, List<Nest.Span> box, List<Nest.Span> whole, List<Nest.Counter> moving) {
        this.moving =
                moving.stream().filter(counter -> counter.axis().extent() > 1).toList();
        Optional<Nest.Counter> outermost = this.moving.stream()
                .filter(counter -> box.stream().anyMatch(span -> span.base().dependsOn(counter.axis())))
                .findFirst();
        for (int place = 0; place < box.size(); place++) {
            add(stage.axes().get(place), box.get(place), whole.get(place), outermost);
        }
    }

    private void add(Axis axis, Nest.Span span, Nest.Span all, Optional<Nest.Counter> outermost) {
        List<Nest.Counter> movers = moving.stream()
                .filter(counter -> span.base().dependsOn(counter.axis()))
                .toList();
        moves.add(!movers.isEmpty());
        if (movers.isEmpty()) {
            dimensions.add(new Storage.Dimension(all.base(), span.extent(), false));
            from.add(Index.ZERO);
            return;
        }
        Nest.Counter mover = movers.getFirst();
        long step = span.base().coefficient(mover.axis());
        Index expected = all.base().plus(Index.of(mover.axis()).times(step));
        if (movers.size() > 1 || step < 1 || !span.base().equals(expected)) {
            fault = fault.or(() -> Optional.of("starts at " + span.base() + " along " + axis
                    + ", which is no fixed step for each iteration of one loop"));
        }
        if (mover.loop().kind().isParallel()) {
            fault = fault.or(() -> Optional.of("is kept along " + axis + " from one work-item to the next"));
        }
        boolean ring = outermost.isPresent() && outermost.get() == mover;
        dimensions.add(new Storage.Dimension(all.base(), ring ? span.extent() : all.extent(), ring));
        from.add(Index.of(mover.axis()).clamped(0, 1).times(Math.max(0, span.extent() - step)));
    }

    /// Why nothing can be kept, if so.
    Optional<String> fault() {
        return fault;
    }

    List<Storage.Dimension> dimensions() {
        return dimensions;
    }

    /// True if iterations move what is demanded along an axis.
    boolean moves(int place) {
        return moves.get(place);
    }

    /// Per axis, how much of what is demanded is there already.
    List<Index> from() {
        return from;
    }
}
