package dev.sinter.ir.reference;

import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A window over one to three spatial dimensions, seen as three: those that are not there have extent 1.
record WindowReads(AxisReads depth, AxisReads height, AxisReads width) {
    private static final int DIMENSIONS = 3;

    /// How the reads of one dimension are made.
    interface Kind {
        AxisReads of(Window window, int axis, int inputs, int outputs);
    }

    static WindowReads of(Window window, Shape input, Shape output, Kind kind) {
        List<AxisReads> reads = new ArrayList<>(Collections.nCopies(DIMENSIONS - window.rank(), AxisReads.absent()));
        for (int axis = 0; axis < window.rank(); axis++) {
            int inputs = Math.toIntExact(input.dim(axis + 2));
            int outputs = Math.toIntExact(output.dim(axis + 2));
            reads.add(kind.of(window, axis, inputs, outputs));
        }
        return new WindowReads(reads.get(0), reads.get(1), reads.get(2));
    }

    int points() {
        return depth.points() * height.points() * width.points();
    }

    /// The most points that read an element for any output.
    long mostInside() {
        return (long) depth.mostInside() * height.mostInside() * width.mostInside();
    }

    int positions() {
        return depth.outputs() * height.outputs() * width.outputs();
    }

    /// The numbers, within their plane, of the elements that the window at an output position stands on; returns how
    /// many they are.
    int under(int position, SpatialInput input, int[] into) {
        int atWidth = position % width.outputs();
        int atHeight = position / width.outputs() % height.outputs();
        int atDepth = position / width.outputs() / height.outputs();
        int count = 0;
        for (int kd = 0; kd < depth.points(); kd++) {
            for (int kh = 0; kh < height.points(); kh++) {
                for (int kw = 0; kw < width.points(); kw++) {
                    int d = depth.source(kd, atDepth);
                    int h = height.source(kh, atHeight);
                    int w = width.source(kw, atWidth);
                    if (d != AxisReads.OUTSIDE && h != AxisReads.OUTSIDE && w != AxisReads.OUTSIDE) {
                        into[count++] = (d * input.height() + h) * input.width() + w;
                    }
                }
            }
        }
        return count;
    }
}
