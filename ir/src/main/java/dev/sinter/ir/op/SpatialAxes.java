package dev.sinter.ir.op;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;

/// Names for the axes of operators over batch, channels and space.
final class SpatialAxes {
    private static final List<List<String>> NAMES =
            List.of(List.of(), List.of("w"), List.of("h", "w"), List.of("d", "h", "w"));

    private SpatialAxes() {}

    static List<Axis> output(Shape shape) {
        List<Axis> axes = new ArrayList<>(List.of(new Axis("n", shape.dim(0)), new Axis("c", shape.dim(1))));
        for (int axis = 2; axis < shape.rank(); axis++) {
            axes.add(new Axis(NAMES.get(shape.rank() - 2).get(axis - 2), shape.dim(axis)));
        }
        return axes;
    }

    static List<Axis> window(Window window) {
        List<Axis> axes = new ArrayList<>();
        for (int axis = 0; axis < window.rank(); axis++) {
            axes.add(new Axis(
                    "k" + NAMES.get(window.rank()).get(axis), window.kernel().get(axis)));
        }
        return axes;
    }
}
