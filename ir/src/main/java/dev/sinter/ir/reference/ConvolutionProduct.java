package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.TensorView;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What both convolutions are to the oracle: each output element is a sum over channels and window points of weights
/// times the elements that the points read.
///
/// The work is cut into units of some output channels by some positions. A unit gathers what the window reads, a few
/// channels at a time, into a matrix of one row per channel and point, one column per position, and multiplies the
/// weights by it.
final class ConvolutionProduct {
    private static final int UNIT_ROWS = 64;
    private static final int UNIT_COLUMNS = 256;
    private static final int UNIT_TERMS = 256;

    private final SpatialInput input;
    private final WindowReads reads;
    private final TensorView weights;
    private final WeightLayout layout;
    private final int groups;
    private final int groupChannels;
    private final int groupOutputs;

    /// Copies the weights of output channel `row` of a group for `channels` input channels from `channel` on:
    /// all points of the first channel, then all of the next.
    interface WeightLayout {
        void read(Reader weights, int group, int row, int channel, int channels, double[] into);
    }

    /// Copies `into.length` numbers from element `start` on: the values of a view, or their magnitudes.
    interface Reader {
        void read(long start, double[] into);
    }

    ConvolutionProduct(
            SpatialInput input, WindowReads reads, TensorView weights, WeightLayout layout, int groups, int outputs) {
        this.input = input;
        this.reads = reads;
        this.weights = weights;
        this.layout = layout;
        this.groups = groups;
        this.groupChannels = input.channels() / groups;
        this.groupOutputs = outputs / groups;
    }

    private record Block(long image, int group, int firstRow, int rows, int firstColumn, int columns) {}

    void evaluate(Arithmetic arithmetic, @Nullable TensorView bias, TensorView output) {
        long rowUnits = Math.ceilDiv(groupOutputs, UNIT_ROWS);
        long columnUnits = Math.ceilDiv(reads.positions(), UNIT_COLUMNS);
        long images = output.type().shape().dim(0);
        ParallelLoop.units(images * groups * columnUnits * rowUnits, number -> {
            int row = (int) (number % rowUnits) * UNIT_ROWS;
            int column = (int) (number / rowUnits % columnUnits) * UNIT_COLUMNS;
            long plane = number / rowUnits / columnUnits;
            evaluate(
                    new Block(
                            plane / groups,
                            (int) (plane % groups),
                            row,
                            Math.min(UNIT_ROWS, groupOutputs - row),
                            column,
                            Math.min(UNIT_COLUMNS, reads.positions() - column)),
                    arithmetic,
                    bias,
                    output);
        });
    }

    private void evaluate(Block unit, Arithmetic arithmetic, @Nullable TensorView bias, TensorView output) {
        boolean exact = input.view().isExact() && weights.isExact();
        long terms = groupChannels * reads.mostInside();
        Optional<ProductSample> sample = arithmetic.looksAtAddends()
                ? Optional.of(new ProductSample((long) groupChannels * reads.points()))
                : Optional.empty();
        ProductSums values = sums(unit, input.view()::readValues, weights::readValues, sample);
        // The same sums over |a| + r_a and |b| + r_b exceed those over |a| and |b| by what the bounds may change.
        ProductSums upper =
                exact ? values : sums(unit, input.view()::readMagnitudes, weights::readMagnitudes, Optional.empty());
        for (int i = 0; i < unit.rows(); i++) {
            int row = i;
            int channel = unit.group() * groupOutputs + unit.firstRow() + row;
            long plane = unit.image() * groups * groupOutputs + channel;
            long start = plane * reads.positions() + unit.firstColumn();
            Bounded added = bias == null ? Bounded.exact(0) : bias.get(channel);
            for (int j = 0; j < unit.columns(); j++) {
                int column = j;
                double magnitude = upper.magnitude(row, column);
                double spread = exact ? 0 : Math.max(0, magnitude - values.magnitude(row, column));
                Bounded sum = arithmetic.dotProduct(
                        values.sum(row, column) + added.value(),
                        spread + added.bound(),
                        magnitude + added.magnitude(),
                        terms + (bias == null ? 0 : 1),
                        0,
                        () -> values.addends(row, column, spread));
                output.set(start + column, arithmetic.stored(sum));
            }
        }
    }

    private ProductSums sums(Block unit, Reader inputs, Reader weightReader, Optional<ProductSample> sample) {
        int block = Math.clamp(UNIT_TERMS / reads.points(), 1, Math.max(1, groupChannels));
        double[][] left = new double[unit.rows()][];
        double[][] right = new double[block * reads.points()][unit.columns()];
        double[] line = new double[input.width()];
        ProductSums sums = new ProductSums(unit.rows(), unit.columns(), sample);
        for (int first = 0; first < groupChannels; first += block) {
            int channels = Math.min(block, groupChannels - first);
            int terms = channels * reads.points();
            for (int row = 0; row < unit.rows(); row++) {
                if (left[row] == null || left[row].length != terms) {
                    left[row] = new double[terms];
                }
                layout.read(weightReader, unit.group(), unit.firstRow() + row, first, channels, left[row]);
            }
            for (int channel = 0; channel < channels; channel++) {
                long plane = (unit.image() * groups + unit.group()) * groupChannels + first + channel;
                gather(unit, inputs, plane, line, right, channel * reads.points());
            }
            sums.add(left, right, terms);
        }
        return sums;
    }

    /// Fills one row of `into` per window point, from `at` on.
    private void gather(Block unit, Reader inputs, long plane, double[] line, double[][] into, int at) {
        for (int kd = 0; kd < reads.depth().points(); kd++) {
            for (int kh = 0; kh < reads.height().points(); kh++) {
                int point =
                        at + (kd * reads.height().points() + kh) * reads.width().points();
                gatherLines(unit, inputs, plane, kd, kh, line, into, point);
            }
        }
    }

    private void gatherLines(
            Block unit, Reader inputs, long plane, int kd, int kh, double[] line, double[][] into, int point) {
        int width = reads.width().outputs();
        int height = reads.height().outputs();
        int run;
        for (int done = 0; done < unit.columns(); done += run) {
            int position = unit.firstColumn() + done;
            run = Math.min(width - position % width, unit.columns() - done);
            int depthSource = reads.depth().source(kd, position / width / height);
            int heightSource = reads.height().source(kh, position / width % height);
            boolean inside = depthSource != AxisReads.OUTSIDE && heightSource != AxisReads.OUTSIDE;
            if (inside) {
                inputs.read(input.row(plane, depthSource, heightSource), line);
            }
            for (int kw = 0; kw < reads.width().points(); kw++) {
                if (inside) {
                    reads.width().gather(kw, position % width, run, line, into[point + kw], done);
                } else {
                    Arrays.fill(into[point + kw], done, done + run, 0);
                }
            }
        }
    }
}
