package dev.sinter.ir.reference;

import dev.sinter.ir.type.Window;
import java.util.Arrays;

/// Along one dimension: which element of the input each point of a window reads for each element of the output.
final class AxisReads {
    static final int OUTSIDE = -1;

    private final int[][] sources;
    private final int outputs;

    private AxisReads(int points, int outputs) {
        this.sources = new int[points][outputs];
        this.outputs = outputs;
    }

    /// A window of one point that steps over one element, for a dimension that is not there.
    static AxisReads absent() {
        return new AxisReads(1, 1);
    }

    /// The window of convolution and of pooling: point k of output e reads e · stride + k · dilation - begin.
    static AxisReads sliding(Window window, int axis, int inputs, int outputs) {
        AxisReads reads = new AxisReads(Math.toIntExact(window.kernel().get(axis)), outputs);
        for (int k = 0; k < reads.points(); k++) {
            for (int e = 0; e < outputs; e++) {
                long source =
                        e * window.strides().get(axis) + k * window.dilations().get(axis) - window.padBegin(axis);
                reads.sources[k][e] = source >= 0 && source < inputs ? (int) source : OUTSIDE;
            }
        }
        return reads;
    }

    /// The window of transposed convolution: input d adds through point k to output d · stride + k · dilation - begin,
    /// so point k of output e reads the d for which that is e, if there is one.
    static AxisReads spreading(Window window, int axis, int inputs, int outputs) {
        AxisReads reads = new AxisReads(Math.toIntExact(window.kernel().get(axis)), outputs);
        for (int[] sources : reads.sources) {
            Arrays.fill(sources, OUTSIDE);
        }
        for (int k = 0; k < reads.points(); k++) {
            for (int d = 0; d < inputs; d++) {
                long e = d * window.strides().get(axis) + k * window.dilations().get(axis) - window.padBegin(axis);
                if (e >= 0 && e < outputs) {
                    reads.sources[k][(int) e] = d;
                }
            }
        }
        return reads;
    }

    int points() {
        return sources.length;
    }

    int outputs() {
        return outputs;
    }

    /// The input's coordinate, or OUTSIDE.
    int source(int point, int output) {
        return sources[point][output];
    }

    /// How many points read an element for output `output`.
    int inside(int output) {
        int count = 0;
        for (int[] source : sources) {
            count += source[output] == OUTSIDE ? 0 : 1;
        }
        return count;
    }

    /// The most that [#inside(int)] is for any output.
    int mostInside() {
        int most = 0;
        for (int output = 0; output < outputs; output++) {
            most = Math.max(most, inside(output));
        }
        return most;
    }

    /// What point `point` reads from `line` for `count` outputs from `first` on, zero where it reads nothing.
    void gather(int point, int first, int count, double[] line, double[] into, int at) {
        int[] source = sources[point];
        for (int i = 0; i < count; i++) {
            int from = source[first + i];
            into[at + i] = from == OUTSIDE ? 0 : line[from];
        }
    }
}
