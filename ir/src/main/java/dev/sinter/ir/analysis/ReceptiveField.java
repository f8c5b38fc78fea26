package dev.sinter.ir.analysis;

import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What of the network's picture one element of a tensor depends on.
public sealed interface ReceptiveField {
    /// Nothing: a constant, or made from another input.
    record Nothing() implements ReceptiveField {}

    /// A part that moves with the element's place. The tensor's last dimensions are those of the picture.
    ///
    /// @param axes one per dimension of the picture
    record Local(List<AxisField> axes) implements ReceptiveField {
        public Local {
            axes = List.copyOf(axes);
        }

        /// The share of a tensor's places from which padding is seen, here or in any layer before.
        ///
        /// @param map the tensor's shape
        /// @param picture the input's shape
        public double paddedShare(Shape map, Shape picture) {
            double inside = 1;
            for (int axis = 0; axis < axes.size(); axis++) {
                long places = map.dim(map.rank() - axes.size() + axis);
                long extent = picture.dim(picture.rank() - axes.size() + axis);
                inside *= places == 0 ? 1 : (double) axes.get(axis).inside(places, extent) / places;
            }
            return 1 - inside;
        }
    }

    /// Everything, wherever the element stands.
    record Whole() implements ReceptiveField {}

    /// What an element depends on that reads both.
    default ReceptiveField with(ReceptiveField other) {
        return switch (this) {
            case Nothing() -> other;
            case Whole() -> this;
            case Local(List<AxisField> axes) ->
                switch (other) {
                    case Nothing() -> this;
                    case Whole() -> other;
                    case Local(List<AxisField> others) -> merged(axes, others);
                };
        };
    }

    private static ReceptiveField merged(List<AxisField> axes, List<AxisField> others) {
        if (axes.size() != others.size()) {
            return new Whole();
        }
        List<AxisField> merged = new ArrayList<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            if (!axes.get(axis).fits(others.get(axis))) {
                return new Whole();
            }
            merged.add(axes.get(axis).with(others.get(axis)));
        }
        return new Local(merged);
    }

    default Optional<Local> local() {
        return this instanceof Local local ? Optional.of(local) : Optional.empty();
    }
}
