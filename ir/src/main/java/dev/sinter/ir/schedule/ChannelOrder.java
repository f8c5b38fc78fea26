package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// In which order the elements of a stage go through a channel: every element once, along whole axes, one inside of the
/// other. An order is a list of axes by their place, the slowest first; axes of one element count for nothing.
public final class ChannelOrder {
    private ChannelOrder() {}

    /// The order in which a kernel writes its stage; none if it is not as simple as that.
    static Optional<List<Integer>> written(Stage stage, StagePlan plan) {
        List<Integer> order = new ArrayList<>();
        long left = 1;
        for (Loop loop : plan.loops()) {
            int axis = stage.axes().indexOf(loop.axis());
            if (axis < 0 || loop.extent() == 1) {
                continue;
            }
            boolean inTurn = !loop.kind().isParallel() && !(loop.kind() instanceof LoopKind.Vector);
            // The first of an axis's loops covers all of it, and each further one just what the one before steps over.
            boolean first = !order.contains(axis);
            boolean whole = loop.step() * loop.extent() == (first ? loop.axis().extent() : left);
            boolean next = first ? left == 1 : order.getLast() == axis;
            if (!inTurn || !whole || !next) {
                return Optional.empty();
            }
            if (first) {
                order.add(axis);
            }
            left = loop.step();
        }
        return left == 1 ? Optional.of(order) : Optional.empty();
    }

    /// The memory that holds a channel's elements one after the other as they go through it.
    public static Layout layout(Stage stage, StagePlan plan) {
        List<Integer> order =
                new ArrayList<>(written(stage, plan).orElseThrow(() -> new IllegalStateException(stage + " has none")));
        IntStream.range(0, stage.axes().size())
                .filter(axis -> !order.contains(axis))
                .forEach(order::add);
        List<Layout.Part> parts = order.stream()
                .map(axis -> new Layout.Part(
                        axis, 1, false, 0, stage.axes().get(axis).extent()))
                .toList();
        return new Layout(stage.shape(), parts, 0);
    }

    /// The order in which a nest that holds elements of `channel` takes them; none if it does not take all of them, or
    /// some twice.
    ///
    /// @param at where the nest's element lies in the channel's stage, over the nest's axes
    static Optional<List<Integer>> read(Nest nest, Stage channel, List<Index> at) {
        List<Integer> order = new ArrayList<>();
        for (Nest.Counter counter : nest.around()) {
            if (counter.axis().extent() == 1) {
                continue;
            }
            Optional<Integer> moved = moved(nest, counter);
            if (moved.isEmpty() || order.contains(moved.get())) {
                return Optional.empty();
            }
            order.add(moved.get());
        }
        for (Nest.Counter counter : nest.counters()) {
            int axis = nest.stage().axes().indexOf(counter.loop().axis());
            if (counter.loop().step() != 1 || counter.loop().kind().isParallel()) {
                return Optional.empty();
            }
            boolean goesOn = !order.isEmpty() && order.getLast() == axis;
            if (!goesOn && counter.axis().extent() > 1) {
                if (order.contains(axis)) {
                    return Optional.empty();
                }
                order.add(axis);
            }
        }
        for (int axis = 0; axis < channel.axes().size(); axis++) {
            if (!takesAll(nest, axis, channel.axes().get(axis).extent(), at.get(axis))) {
                return Optional.empty();
            }
        }
        return Optional.of(order.stream()
                .filter(axis -> channel.axes().get(axis).extent() > 1)
                .toList());
    }

    /// The axis along which a loop around moves what is demanded.
    private static Optional<Integer> moved(Nest nest, Nest.Counter counter) {
        List<Integer> moved = IntStream.range(0, nest.stage().axes().size())
                .filter(axis -> nest.span(nest.stage().axes().get(axis)).base().dependsOn(counter.axis()))
                .boxed()
                .toList();
        return moved.size() == 1 ? Optional.of(moved.getFirst()) : Optional.empty();
    }

    /// True if all coordinates along an axis come by, each once.
    private static boolean takesAll(Nest nest, int axis, long extent, Index at) {
        Axis own = nest.stage().axes().get(axis);
        Index shift = at.minus(Index.of(own));
        Nest.Span span = nest.span(own);
        if (!shift.isConstant() && own.extent() > 1) {
            return false;
        }
        long first = span.base().range().lo() + shift.constant();
        long last = span.base().range().hi() + span.extent() - 1 + shift.constant();
        Optional<Nest.Counter> mover = nest.around().stream()
                .filter(counter -> counter.axis().extent() > 1 && span.base().dependsOn(counter.axis()))
                .findFirst();
        boolean once = mover.isEmpty()
                || span.base().coefficient(mover.get().axis()) <= span.extent()
                        && (isKept(nest, mover.get())
                                || span.base().coefficient(mover.get().axis()) == span.extent());
        return once && first <= 0 && last >= extent - 1;
    }

    private static boolean isKept(Nest nest, Nest.Counter mover) {
        return nest.plan().placement() instanceof Placement.At at
                && nest.around().indexOf(mover) >= nest.around().size() - (at.computed() - at.kept());
    }
}
