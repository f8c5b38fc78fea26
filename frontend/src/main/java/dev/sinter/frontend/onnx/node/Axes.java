package dev.sinter.frontend.onnx.node;

import dev.sinter.ir.diag.Code;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Axes as ONNX writes them: negative ones count from the end.
public final class Axes {
    private Axes() {}

    /// @throws dev.sinter.ir.diag.CompileException if the axis lies outside `rank` dimensions
    public static int normal(OnnxNode node, long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw node.fault(
                    Code.SHAPE_AXIS,
                    "axis " + axis + " lies outside rank " + rank,
                    "an axis lies between -rank and rank - 1");
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /// @throws dev.sinter.ir.diag.CompileException also if an axis is named twice
    public static SortedSet<Integer> normal(OnnxNode node, List<Long> axes, int rank) {
        SortedSet<Integer> set = new TreeSet<>();
        for (long axis : axes) {
            if (!set.add(normal(node, axis, rank))) {
                throw node.fault(Code.SHAPE_AXIS, "axes " + axes + " name axis " + axis + " twice", null);
            }
        }
        return set;
    }
}
