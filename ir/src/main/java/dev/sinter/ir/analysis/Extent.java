package dev.sinter.ir.analysis;

import dev.sinter.ir.type.Window;
import java.util.BitSet;

/// How a layer's output extent follows from its input's, along one dimension.
///
/// A window slides: (W - F + 2P) / S + 1, rounded down, or up with `ceilMode`. A transposed convolution spreads:
/// (W - 1)·S + F - 2P + outputPad. F is what the window spans, dilation included. Sources: the notes of CS231n,
/// "Convolutional Neural Networks", and Dumoulin and Visin, "A guide to convolution arithmetic for deep learning"
/// (2016).
///
/// @param input W
/// @param span F
/// @param pads 2P: both ends together
/// @param stride S
/// @param unread how many of the input's elements no window stands on
public record Extent(
        long input,
        long kernel,
        long dilation,
        long span,
        long pads,
        long stride,
        boolean transposed,
        boolean ceilMode,
        long outputPad,
        long output,
        long unread) {

    static Extent sliding(Window window, int axis, long input, long output) {
        return of(window, axis, input, output, false, 0, unread(window, axis, input, output));
    }

    static Extent spreading(Window window, int axis, long input, long output, long outputPad) {
        return of(window, axis, input, output, true, outputPad, 0);
    }

    private static Extent of(
            Window window, int axis, long input, long output, boolean transposed, long outputPad, long unread) {
        return new Extent(
                input,
                window.kernel().get(axis),
                window.dilations().get(axis),
                window.span(axis),
                window.padBegin(axis) + window.padEnd(axis),
                window.strides().get(axis),
                transposed,
                window.ceilMode(),
                outputPad,
                output,
                unread);
    }

    /// By how much the stride misses the end of the padded input, which rounding down leaves over.
    public long leftOver() {
        return transposed ? 0 : Math.floorMod(input - span + pads, stride);
    }

    private static long unread(Window window, int axis, long input, long output) {
        BitSet read = new BitSet();
        for (long place = 0; place < output; place++) {
            for (long point = 0; point < window.kernel().get(axis); point++) {
                long at = place * window.strides().get(axis)
                        + point * window.dilations().get(axis)
                        - window.padBegin(axis);
                if (at >= 0 && at < input) {
                    read.set((int) at);
                }
            }
        }
        return input - read.cardinality();
    }
}
