package dev.sinter.ir.reference;

import java.util.ArrayList;
import java.util.List;

/// Some of the terms of all sums of products of a block, chosen evenly: every term of short sums, and of longer ones
/// as many as show whether they have something in common.
final class ProductSample {
    private static final long MOST = 1 << 14;

    private final long step;
    private final List<double[]> left = new ArrayList<>();
    private final List<double[]> right = new ArrayList<>();
    private long seen;

    /// @param terms how many terms each sum has
    ProductSample(long terms) {
        long coprime = Math.max(1, Math.ceilDiv(terms, MOST));
        // Terms come in rows and windows, of which a sample should meet every place.
        while (coprime > 1 && greatestCommonDivisor(coprime, terms) > 1) {
            coprime++;
        }
        step = coprime;
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    /// Takes from the next terms of every row of `left` and every column of `right`.
    void add(double[][] left, double[][] right, int terms) {
        for (int t = (int) ((step - seen % step) % step); t < terms; t += (int) step) {
            double[] factors = new double[left.length];
            for (int row = 0; row < factors.length; row++) {
                factors[row] = left[row][t];
            }
            this.left.add(factors);
            this.right.add(right[t].clone());
        }
        seen += terms;
    }

    double[] products(int row, int column) {
        double[] products = new double[left.size()];
        for (int i = 0; i < products.length; i++) {
            products[i] = left.get(i)[row] * right.get(i)[column];
        }
        return products;
    }
}
