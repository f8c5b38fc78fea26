package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Addends;
import java.util.Optional;
import java.util.function.Supplier;

/// The product of two matrices, in blocks, so that weights of any size are never held as doubles whole.
record MatrixProduct(Matrix left, Matrix right) {
    private static final int UNIT_ROWS = 64;
    private static final int UNIT_COLUMNS = 256;
    private static final int UNIT_TERMS = 256;

    /// Takes one element of the result.
    interface Sink {
        /// @param spread what the operands' bounds may change
        /// @param magnitude Σ (|a| + r_a)·(|b| + r_b)
        /// @param products some of them, if they are looked at
        void accept(int row, int column, double value, double spread, double magnitude, Supplier<Addends> products);
    }

    long units() {
        return rowUnits() * Math.ceilDiv(right.columns(), UNIT_COLUMNS);
    }

    private long rowUnits() {
        return Math.ceilDiv(left.rows(), UNIT_ROWS);
    }

    /// @param looksAtAddends whether some products are kept for the sink
    void evaluate(long unit, boolean looksAtAddends, Sink sink) {
        int firstRow = (int) (unit % rowUnits()) * UNIT_ROWS;
        int firstColumn = (int) (unit / rowUnits()) * UNIT_COLUMNS;
        int rows = Math.min(UNIT_ROWS, left.rows() - firstRow);
        int columns = Math.min(UNIT_COLUMNS, right.columns() - firstColumn);
        boolean exact = left.view().isExact() && right.view().isExact();
        Optional<ProductSample> sample =
                looksAtAddends ? Optional.of(new ProductSample(left.columns())) : Optional.empty();
        ProductSums values = sums(new ProductSums(rows, columns, sample), firstRow, firstColumn, false);
        ProductSums upper = exact ? values : sums(new ProductSums(rows, columns), firstRow, firstColumn, true);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int row = i;
                int column = j;
                double magnitude = upper.magnitude(row, column);
                double spread = exact ? 0 : Math.max(0, magnitude - values.magnitude(row, column));
                sink.accept(
                        firstRow + row,
                        firstColumn + column,
                        values.sum(row, column),
                        spread,
                        magnitude,
                        () -> values.addends(row, column, spread));
            }
        }
    }

    private ProductSums sums(ProductSums sums, int firstRow, int firstColumn, boolean magnitudes) {
        for (int term = 0; term < left.columns(); term += UNIT_TERMS) {
            int terms = Math.min(UNIT_TERMS, left.columns() - term);
            double[][] a = new double[sums.rows()][terms];
            double[][] b = new double[terms][sums.columns()];
            left.read(firstRow, term, a, magnitudes);
            right.read(term, firstColumn, b, magnitudes);
            sums.add(a, b, terms);
        }
        return sums;
    }
}
