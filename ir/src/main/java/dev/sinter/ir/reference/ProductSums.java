package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Addends;
import java.util.Optional;

/// Sums of products, Σ a·b, and of their magnitudes, Σ |a·b|: for each row of one matrix and each column of another.
///
/// Every sum runs over its terms in order, one after the other, so that neither tiles nor threads change a bit of it.
final class ProductSums {
    private static final int TERMS_AT_ONCE = 4;

    private final double[][] sums;
    private final double[][] magnitudes;
    private final Optional<ProductSample> sample;

    ProductSums(int rows, int columns) {
        this(rows, columns, Optional.empty());
    }

    ProductSums(int rows, int columns, Optional<ProductSample> sample) {
        this.sample = sample;
        sums = new double[rows][columns];
        magnitudes = new double[rows][columns];
    }

    int rows() {
        return sums.length;
    }

    int columns() {
        return sums.length == 0 ? 0 : sums[0].length;
    }

    double sum(int row, int column) {
        return sums[row][column];
    }

    double magnitude(int row, int column) {
        return magnitudes[row][column];
    }

    /// Some of the products of a sum, if there is a sample.
    Addends addends(int row, int column, double spread) {
        double[] products = sample.map(some -> some.products(row, column)).orElse(new double[0]);
        return new Addends(products, magnitude(row, column), spread);
    }

    /// Adds, for every row and column, the products of the first `terms` elements of a row of `left` and a column of
    /// `right`.
    void add(double[][] left, double[][] right, int terms) {
        sample.ifPresent(some -> some.add(left, right, terms));
        for (int row = 0; row < sums.length; row++) {
            int t = 0;
            for (; t + TERMS_AT_ONCE <= terms; t += TERMS_AT_ONCE) {
                addFour(left[row], t, right, sums[row], magnitudes[row]);
            }
            for (; t < terms; t++) {
                addOne(left[row][t], right[t], sums[row], magnitudes[row]);
            }
        }
    }

    /// Nine tenths of the oracle's time passes here. HotSpot makes vector code of this loop, in which all arrays have
    /// one index; four terms at once, as the sums are loaded and stored a quarter as often. With eight, or with more
    /// rows, it gives up.
    private static void addFour(double[] left, int t, double[][] right, double[] sums, double[] magnitudes) {
        double a0 = left[t];
        double a1 = left[t + 1];
        double a2 = left[t + 2];
        double a3 = left[t + 3];
        double[] b0 = right[t];
        double[] b1 = right[t + 1];
        double[] b2 = right[t + 2];
        double[] b3 = right[t + 3];
        for (int column = 0; column < sums.length; column++) {
            double t0 = a0 * b0[column];
            double t1 = a1 * b1[column];
            double t2 = a2 * b2[column];
            double t3 = a3 * b3[column];
            sums[column] = sums[column] + t0 + t1 + t2 + t3;
            magnitudes[column] = magnitudes[column] + Math.abs(t0) + Math.abs(t1) + Math.abs(t2) + Math.abs(t3);
        }
    }

    private static void addOne(double left, double[] right, double[] sums, double[] magnitudes) {
        for (int column = 0; column < sums.length; column++) {
            double product = left * right[column];
            sums[column] += product;
            magnitudes[column] += Math.abs(product);
        }
    }
}
