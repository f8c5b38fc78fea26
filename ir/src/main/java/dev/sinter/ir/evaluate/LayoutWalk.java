package dev.sinter.ir.evaluate;

import dev.sinter.ir.expr.Layout;

/// Goes through all memory of a layout and says what each element of it stands for.
final class LayoutWalk {
    private LayoutWalk() {}

    enum Place {
        /// An element of the tensor.
        ELEMENT,
        /// Room around the tensor that holds the layout's fill.
        HALO,
        /// A lane beyond a blocked dimension's extent, or another tensor.
        NOTHING
    }

    interface Action {
        void accept(long offset, long[] coordinates);
    }

    /// Calls `action` with every offset and the coordinates that it stands for, which may lie outside the tensor.
    static void forEach(Layout layout, Action action) {
        long elements = layout.elements();
        for (long offset = 0; offset < elements; offset++) {
            long[] coordinates = new long[layout.logical().rank()];
            long rest = offset;
            for (int axis = 0; axis < coordinates.length; axis++) {
                coordinates[axis] = -layout.shift(axis);
            }
            for (Layout.Part part : layout.parts().reversed()) {
                coordinates[part.axis()] += rest % part.extent() * part.divisor() - part.before();
                rest /= part.extent();
            }
            action.accept(offset, coordinates);
        }
    }

    static Place placeOf(Layout layout, long[] coordinates) {
        Place place = Place.ELEMENT;
        for (int axis = 0; axis < coordinates.length; axis++) {
            if (coordinates[axis] < 0 || coordinates[axis] >= layout.logical().dim(axis)) {
                int outside = axis;
                boolean blocked = layout.parts().stream().anyMatch(part -> part.axis() == outside && part.wraps());
                if (layout.isBeside(axis) || blocked) {
                    return Place.NOTHING;
                }
                place = Place.HALO;
            }
        }
        return place;
    }
}
