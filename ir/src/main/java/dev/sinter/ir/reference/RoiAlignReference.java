package dev.sinter.ir.reference;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// Samples between the elements of regions. A sample more than one element outside of the picture is zero, others are
/// taken to the nearest place inside.
public record RoiAlignReference(long samplingRatio, double spatialScale, boolean halfPixel, boolean maximum) {
    /// Samples along a side, beyond which no region of a picture asks for more.
    public static final long MOST_SAMPLES = 1 << 12;

    /// Roundings of a coordinate and of a weight.
    private static final int ROUNDINGS = 12;

    /// One region, in elements of the picture.
    private record Region(double top, double left, double binHeight, double binWidth, int rows, int columns) {}

    public TensorView regions(Rounding rounding, List<TensorView> inputs, TensorType type) {
        TensorView x = inputs.get(0);
        TensorView y = TensorView.allocate(type);
        Shape shape = type.shape();
        Arithmetic arithmetic = new Arithmetic(rounding, type.element());
        double unit = rounding.unit(type.element());
        long channels = shape.dim(1);
        long places = shape.dim(2) * shape.dim(3);
        for (long i = 0; i < shape.elements(); i++) {
            long region = i / places / channels;
            long picture =
                    picture(inputs.get(2).integer(region), x.type().shape().dim(0));
            Region form = region(inputs.get(1), region, shape);
            long plane = picture * channels + i / places % channels;
            long row = i % places / shape.dim(3);
            long column = i % shape.dim(3);
            y.set(i, arithmetic.stored(bin(x, plane, form, row, column, arithmetic, unit)));
        }
        return y;
    }

    private static long picture(long number, long count) {
        if (number < 0 || number >= count) {
            throw new CompileException(
                    Code.INPUT_DATA, "roi_align", "has a region of picture " + number + " of " + count, null);
        }
        return number;
    }

    private Region region(TensorView regions, long number, Shape output) {
        double offset = halfPixel ? 0.5 : 0;
        double left = regions.value(4 * number) * spatialScale - offset;
        double top = regions.value(4 * number + 1) * spatialScale - offset;
        double width = regions.value(4 * number + 2) * spatialScale - offset - left;
        double height = regions.value(4 * number + 3) * spatialScale - offset - top;
        if (!halfPixel) {
            // A region is not smaller than one element.
            width = Math.max(width, 1);
            height = Math.max(height, 1);
        }
        double binHeight = height / output.dim(2);
        double binWidth = width / output.dim(3);
        return new Region(top, left, binHeight, binWidth, samples(binHeight), samples(binWidth));
    }

    private int samples(double extent) {
        // A region that ends before it begins has no samples.
        double wanted = samplingRatio > 0 ? samplingRatio : Math.max(0, Math.ceil(extent));
        if (!(wanted <= MOST_SAMPLES)) {
            throw new CompileException(
                    Code.INPUT_DATA,
                    "roi_align",
                    "has a region of " + extent + " elements for one of the output but takes " + MOST_SAMPLES,
                    null);
        }
        return (int) wanted;
    }

    private Bounded bin(
            TensorView x, long plane, Region region, long row, long column, Arithmetic arithmetic, double unit) {
        double sum = 0;
        double spread = 0;
        double magnitude = 0;
        Bounded largest = Bounded.exact(Double.NEGATIVE_INFINITY);
        int count = region.rows() * region.columns();
        for (int sample = 0; sample < count; sample++) {
            double down = region.top() + region.binHeight() * (row + (sample / region.columns() + 0.5) / region.rows());
            double right =
                    region.left() + region.binWidth() * (column + (sample % region.columns() + 0.5) / region.columns());
            Bounded[] parts = parts(x, plane, down, right, unit);
            for (Bounded part : parts) {
                sum += part.value();
                spread += part.bound();
                magnitude += part.magnitude();
                largest = largest.max(part);
            }
        }
        if (maximum) {
            return count == 0 ? Bounded.exact(0) : largest;
        }
        Bounded total = arithmetic.sum(sum, spread, magnitude, 4L * Math.max(1, count));
        return arithmetic.dividedBy(total, Bounded.exact(Math.max(1, count)));
    }

    /// The four elements around a place, each times its weight.
    private static Bounded[] parts(TensorView x, long plane, double down, double right, double unit) {
        Shape shape = x.type().shape();
        long height = shape.dim(2);
        long width = shape.dim(3);
        Bounded zero = Bounded.exact(0);
        if (!(down >= -1 && down <= height && right >= -1 && right <= width)) {
            return new Bounded[] {zero, zero, zero, zero};
        }
        double y = Math.clamp(down, 0, height - 1.0);
        double z = Math.clamp(right, 0, width - 1.0);
        long top = (long) y;
        long left = (long) z;
        long bottom = Math.min(top + 1, height - 1);
        long far = Math.min(left + 1, width - 1);
        long[] rows = {top, top, bottom, bottom};
        long[] columns = {left, far, left, far};
        double[] weights = {
            (1 - (y - top)) * (1 - (z - left)),
            (1 - (y - top)) * (z - left),
            (y - top) * (1 - (z - left)),
            (y - top) * (z - left)
        };
        Bounded[] parts = new Bounded[weights.length];
        double place = ROUNDINGS * unit * (2 + Math.abs(down) + Math.abs(right));
        for (int i = 0; i < parts.length; i++) {
            Bounded element = x.get((plane * height + rows[i]) * width + columns[i]);
            double bound = weights[i] * element.bound() + place * element.magnitude();
            parts[i] = new Bounded(weights[i] * element.value(), bound);
        }
        return parts;
    }
}
