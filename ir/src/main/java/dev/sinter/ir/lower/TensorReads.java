package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.schedule.Demand;

/// What a kernel reads of tensors.
public final class TensorReads {
    private TensorReads() {}

    /// Is told of coordinates that are read.
    @FunctionalInterface
    public interface Action {
        /// @param range along `axis`, beyond the tensor's extent too, where any readable memory will do
        void accept(Source source, int axis, Range range);
    }

    /// Calls `action` for each axis of each element that a kernel reads.
    ///
    /// @param layouts the halos that tensors have, or may get
    public static void forEach(Demand demand, Layouts layouts, Action action) {
        FormulaWalk.of(demand, layouts, (_, source, coordinates, facts) -> {
            for (int axis = 0; axis < coordinates.size(); axis++) {
                action.accept(source, axis, facts.rangeOf(coordinates.get(axis)));
            }
        });
    }
}
