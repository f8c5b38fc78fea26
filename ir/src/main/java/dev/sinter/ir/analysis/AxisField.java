package dev.sinter.ir.analysis;

import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Which stretch of the input each place of a feature map can see, along one dimension. The map is thought of as
/// endless, so that padding counts as places beyond the input.
///
/// The pattern repeats: `period` places further, the stretch lies `advance` inputs further. Without transposed
/// convolutions the period is 1, and these are the formulas of Araujo, Norris and Sim, "Computing Receptive Fields of
/// Convolutional Neural Networks" (Distill, 2019): size r = r' + (k - 1)·j', step j = j'·s. With them, neighbouring
/// places see stretches of different size, so each is kept.
///
/// @param low the first input that place 0, 1, …, `period - 1` sees
/// @param high the last; smaller than the first where the place sees nothing
public record AxisField(long period, long advance, List<Long> low, List<Long> high) {
    /// The input itself: each place sees itself.
    public static final AxisField PIXEL = new AxisField(1, 1, List.of(0L), List.of(0L));

    public AxisField {
        low = List.copyOf(low);
        high = List.copyOf(high);
        if (period < 1 || low.size() != period || high.size() != period) {
            throw new IllegalArgumentException(
                    "period " + period + " with " + low.size() + " first and " + high.size() + " last inputs");
        }
    }

    /// The first input that a place sees.
    public long low(long place) {
        return low.get((int) Math.floorMod(place, period)) + Math.floorDiv(place, period) * advance;
    }

    /// The last input that a place sees.
    public long high(long place) {
        return high.get((int) Math.floorMod(place, period)) + Math.floorDiv(place, period) * advance;
    }

    /// How many inputs a place sees: the most of all places.
    public long size() {
        return LongStream.range(0, period)
                .map(place -> high(place) - low(place) + 1)
                .max()
                .orElse(0);
    }

    /// How many inputs lie between neighbouring places: the effective stride. A fraction after transposed convolutions.
    public double step() {
        return (double) advance / period;
    }

    /// What a window over this map sees.
    AxisField under(Window window, int axis) {
        long stride = window.strides().get(axis);
        long places = period / greatestCommonDivisor(period, stride);
        List<Long> lows = new ArrayList<>();
        List<Long> highs = new ArrayList<>();
        for (long place = 0; place < places; place++) {
            long start = place * stride - window.padBegin(axis);
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            for (long point = 0; point < window.kernel().get(axis); point++) {
                long at = start + point * window.dilations().get(axis);
                if (low(at) <= high(at)) {
                    least = Math.min(least, low(at));
                    most = Math.max(most, high(at));
                }
            }
            lows.add(least == Long.MAX_VALUE ? low(start) : least);
            highs.add(least == Long.MAX_VALUE ? low(start) - 1 : most);
        }
        return new AxisField(places, places * stride / period * advance, lows, highs);
    }

    /// What a place of a transposed convolution's output sees: all inputs whose window, spread over the output, covers
    /// it.
    AxisField spread(Window window, int axis) {
        long stride = window.strides().get(axis);
        long places = Math.multiplyExact(period, stride);
        List<Long> lows = new ArrayList<>();
        List<Long> highs = new ArrayList<>();
        for (long place = 0; place < places; place++) {
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            long shifted = place + window.padBegin(axis);
            for (long point = 0; point < window.kernel().get(axis); point++) {
                long source = shifted - point * window.dilations().get(axis);
                if (Math.floorMod(source, stride) == 0) {
                    long at = Math.floorDiv(source, stride);
                    least = Math.min(least, low(at));
                    most = Math.max(most, high(at));
                }
            }
            long nothing = low(Math.floorDiv(shifted, stride));
            lows.add(least == Long.MAX_VALUE ? nothing : least);
            highs.add(least == Long.MAX_VALUE ? nothing - 1 : most);
        }
        return new AxisField(places, advance, lows, highs);
    }

    /// The map with `begin` places put in front of it.
    AxisField shifted(long begin) {
        return new AxisField(
                period,
                advance,
                LongStream.range(0, period)
                        .mapToObj(place -> low(place - begin))
                        .toList(),
                LongStream.range(0, period)
                        .mapToObj(place -> high(place - begin))
                        .toList());
    }

    /// Whether both advance alike, as branches that meet again do.
    boolean fits(AxisField other) {
        return advance * other.period == other.advance * period;
    }

    /// What a place sees through either of two branches: the largest stretch over all paths.
    AxisField with(AxisField other) {
        long places = period / greatestCommonDivisor(period, other.period) * other.period;
        return new AxisField(
                places,
                places / period * advance,
                LongStream.range(0, places)
                        .mapToObj(place -> Math.min(low(place), other.low(place)))
                        .toList(),
                LongStream.range(0, places)
                        .mapToObj(place -> Math.max(high(place), other.high(place)))
                        .toList());
    }

    /// How many of a map's first `places` see only inputs from 0 to `extent - 1`.
    public long inside(long places, long extent) {
        return LongStream.range(0, places)
                .filter(place -> low(place) >= 0 && high(place) < extent)
                .count();
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
