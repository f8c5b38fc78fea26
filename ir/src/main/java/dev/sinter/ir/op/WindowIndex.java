package dev.sinter.ir.op;

import dev.sinter.ir.expr.Index;
import dev.sinter.ir.type.Window;

/// Where a window stands along one dimension, as an index of the compiler's.
final class WindowIndex {
    private WindowIndex() {}

    /// The input coordinate that window point `point` of output coordinate `output` stands on, padding counting
    /// negative.
    static Index input(Window window, int axis, Index output, Index point) {
        return start(window, axis, output).plus(point.times(window.dilations().get(axis)));
    }

    /// How many points of the window at `output` stand on input coordinates from `lo` to `hi - 1`.
    static Index pointsWithin(Window window, int axis, Index output, long lo, long hi) {
        Index start = start(window, axis, output);
        return pointsBefore(window, axis, start, hi).minus(pointsBefore(window, axis, start, lo));
    }

    private static Index start(Window window, int axis, Index output) {
        return output.times(window.strides().get(axis)).plus(-window.padBegin(axis));
    }

    private static Index pointsBefore(Window window, int axis, Index start, long end) {
        long dilation = window.dilations().get(axis);
        return Index.of(end)
                .minus(start)
                .plus(dilation - 1)
                .dividedBy(dilation)
                .clamped(0, window.kernel().get(axis));
    }
}
