package dev.sinter.ir.type;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A sliding window over the spatial dimensions, which are all after the first two. Lists have one entry per spatial
/// dimension; `pads` has all begins, then all ends, as in ONNX.
///
/// Output extent: floor((in + begin + end - dilation · (kernel - 1) - 1) / stride) + 1, with ceil in place of floor
/// if `ceilMode`, where a window that would start in the padding at the end is left out.
public record Window(List<Long> kernel, List<Long> strides, List<Long> pads, List<Long> dilations, boolean ceilMode) {
    /// Extents of windows and of what they slide over stay far from where their products would overflow.
    private static final long LARGEST = Integer.MAX_VALUE;

    /// A window has as many points as a picture of 4,096 x 4,096 at most: each output visits them all, be they
    /// padding or not.
    private static final long MOST_POINTS = 1 << 24;

    public Window {
        kernel = List.copyOf(kernel);
        strides = List.copyOf(strides);
        pads = List.copyOf(pads);
        dilations = List.copyOf(dilations);
        int rank = kernel.size();
        if (strides.size() != rank || pads.size() != 2 * rank || dilations.size() != rank) {
            throw new CompileException(
                    Code.ATTRIBUTE,
                    "window",
                    "kernel " + Excerpt.of(kernel) + " needs " + rank + " strides, " + 2 * rank + " pads and " + rank
                            + " dilations but has " + Excerpt.of(strides) + ", " + Excerpt.of(pads) + " and "
                            + Excerpt.of(dilations),
                    null);
        }
        positive("kernel", kernel);
        positive("strides", strides);
        positive("dilations", dilations);
        if (pads.stream().anyMatch(pad -> pad < 0 || pad > LARGEST)) {
            throw new CompileException(
                    Code.ATTRIBUTE,
                    "window",
                    "pads " + Excerpt.of(pads) + " must be from 0 to " + LARGEST,
                    "cropping is a pad node with negative pads");
        }
        long points = 1;
        for (long extent : kernel) {
            points = Math.min(points * extent, LARGEST);
        }
        if (points > MOST_POINTS) {
            throw new CompileException(
                    Code.ATTRIBUTE,
                    "window",
                    "kernel " + Excerpt.of(kernel) + " has more than " + MOST_POINTS + " points",
                    "use a smaller kernel");
        }
    }

    private static void positive(String what, List<Long> values) {
        if (values.stream().anyMatch(value -> value < 1)) {
            throw new CompileException(
                    Code.ATTRIBUTE, "window", what + " " + Excerpt.of(values) + " must be at least 1", null);
        }
        if (values.stream().anyMatch(value -> value > LARGEST)) {
            throw new CompileException(
                    Code.ATTRIBUTE, "window", what + " " + Excerpt.of(values) + " must be at most " + LARGEST, null);
        }
    }

    /// A square window without padding or dilation over two spatial dimensions.
    public static Window square(long size, long stride) {
        return square(size, stride, 0);
    }

    public static Window square(long size, long stride, long pad) {
        return new Window(
                List.of(size, size), List.of(stride, stride), List.of(pad, pad, pad, pad), List.of(1L, 1L), false);
    }

    public int rank() {
        return kernel.size();
    }

    public long padBegin(int axis) {
        return pads.get(axis);
    }

    public long padEnd(int axis) {
        return pads.get(rank() + axis);
    }

    /// How many input elements the window spans.
    public long span(int axis) {
        return dilations.get(axis) * (kernel.get(axis) - 1) + 1;
    }

    public long points() {
        return kernel.stream().reduce(1L, (a, b) -> a * b);
    }

    /// Output extents over the input's spatial extents.
    private List<Long> outputExtents(String operator, Shape input) {
        if (input.rank() != rank() + 2) {
            throw new CompileException(
                    Code.SHAPE_RANK,
                    operator,
                    "input has shape " + input + " of rank " + input.rank() + " but a window over " + rank()
                            + " dimensions needs rank " + (rank() + 2),
                    "dimensions are batch, channels, then one per window dimension");
        }
        List<Long> extents = new ArrayList<>();
        for (int axis = 0; axis < rank(); axis++) {
            long padded = input.dim(axis + 2) + padBegin(axis) + padEnd(axis);
            long room = padded - span(axis);
            long stride = strides.get(axis);
            // A partial window may be the only one.
            if (room < 0 && !(ceilMode && room > -stride)) {
                throw new CompileException(
                        Code.SHAPE_WINDOW,
                        operator,
                        "window spans " + span(axis) + " but dimension " + (axis + 2) + " has " + input.dim(axis + 2)
                                + " + " + padBegin(axis) + " + " + padEnd(axis) + " = " + padded,
                        "use a smaller kernel, less dilation or more padding");
            }
            long extent = (ceilMode ? Math.ceilDiv(room, stride) : room / stride) + 1;
            if (ceilMode && (extent - 1) * stride >= input.dim(axis + 2) + padBegin(axis)) {
                extent--;
            }
            extents.add(extent);
        }
        requirePadded(operator, input);
        return extents;
    }

    /// With its padding a plane has no more elements than a tensor may, so that kernels can number them all.
    ///
    /// @throws CompileException if it has
    public void requirePadded(String operator, Shape plane) {
        long elements = 1;
        for (int axis = 0; axis < rank(); axis++) {
            long padded = Math.max(1, plane.dim(axis + 2)) + padBegin(axis) + padEnd(axis);
            if (padded > TensorType.MOST_COMPUTABLE / elements) {
                throw new CompileException(
                        Code.SHAPE_WINDOW,
                        operator,
                        "pads " + pads + " around " + plane + " make planes of more than " + TensorType.MOST_COMPUTABLE
                                + " elements",
                        "use less padding");
            }
            elements *= padded;
        }
    }

    /// The output over `input`, with `channels` channels.
    ///
    /// @param operator whose window it is, for what is thrown
    /// @throws CompileException if the window does not fit
    public Shape outputShape(String operator, Shape input, long channels) {
        List<Long> spatial = outputExtents(operator, input);
        return new Shape(Stream.concat(Stream.of(input.dim(0), channels), spatial.stream())
                .toList());
    }
}
