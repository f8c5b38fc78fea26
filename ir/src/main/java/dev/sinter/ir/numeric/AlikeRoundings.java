package dev.sinter.ir.numeric;

import java.util.Arrays;

/// How much the roundings of a sum pull in one direction.
///
/// A partial sum is a multiple of g, its unit in the last place. So what is lost when t is added to it is what t lies
/// away from the nearest multiple of g: it depends on t and g alone. Numbers that lie closer to each other than g does
/// far away lose almost the same each time, be they equal or not, as the pixels of a picture that is almost of one
/// colour: their errors add up. Numbers that are spread over several g lose as much upward as downward.
///
/// Numbers are taken together that have the same nearest multiple of g. What each group loses is added up, and groups
/// count as independent of each other. That is done for the g of the whole sum and for smaller ones, which partial sums
/// have: by the g of 1/k of the sum no more than 1/k as much can be lost.
final class AlikeRoundings {
    /// A sample of numbers that have nothing in common may look alike by this factor.
    private static final double CHANCE = 4;

    private final double[] sorted;
    private final double unit;
    private final double blur;

    private AlikeRoundings(double[] sorted, double unit, double blur) {
        this.sorted = sorted;
        this.unit = unit;
        this.blur = blur;
    }

    /// Σ m² over groups of m roundings that are one and the same, in units of the largest rounding of the whole sum:
    /// `count` if all are independent, its square if all are one.
    ///
    /// @param unit the unit roundoff
    static double squares(long count, Addends addends, double unit) {
        double magnitude = addends.magnitude();
        if (count < 2 || !(magnitude > 0 && magnitude < Double.POSITIVE_INFINITY) || unit == 0) {
            return count;
        }
        double[] sorted = Arrays.stream(addends.some())
                .filter(value -> value != 0)
                .sorted()
                .toArray();
        double known = addends.some().length;
        double squares = new AlikeRoundings(sorted, unit, addends.spread() / count).squares(count, magnitude);
        if (known < count) {
            return squares <= CHANCE * known ? count : squares * (count / known) * (count / known);
        }
        return Math.max(count, squares);
    }

    private double squares(long count, double magnitude) {
        double largest = 2 * unit * Math.scalb(1.0, Math.getExponent(magnitude));
        double squares = 0;
        // Where g is smaller by the root of the count, all roundings together are no more than independent ones.
        for (double g = largest; g * Math.sqrt(count) >= largest && g > 0; g /= 2) {
            double share = g / largest;
            squares += share * share * squares(g);
        }
        return squares;
    }

    /// The same in units of the largest rounding to a multiple of g.
    private double squares(double g) {
        double squares = 0;
        for (int start = 0, end; start < sorted.length; start = end) {
            double multiple = Math.rint(sorted[start] / g);
            double lost = 0;
            end = start;
            while (end < sorted.length && Math.rint(sorted[end] / g) == multiple) {
                lost += sorted[end] - multiple * g;
                end++;
            }
            double alike = Math.min(end - start, (Math.abs(lost) + (end - start) * blur) * 2 / g);
            squares += alike * alike;
        }
        return squares;
    }
}
