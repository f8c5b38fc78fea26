package dev.sinter.ir.reference;

/// The product of two matrices, in blocks, so that weights of any size are never held as doubles whole.
record MatrixProduct(Matrix left, Matrix right) {
    private static final int UNIT_ROWS = 64;
    private static final int UNIT_COLUMNS = 256;
    private static final int UNIT_TERMS = 256;

    /// Takes one element of the result.
    interface Sink {
        /// @param spread what the operands' bounds may change
        /// @param magnitude Σ (|a| + r_a)·(|b| + r_b)
        void accept(int row, int column, double value, double spread, double magnitude);
    }

    long units() {
        return rowUnits() * Math.ceilDiv(right.columns(), UNIT_COLUMNS);
    }

    private long rowUnits() {
        return Math.ceilDiv(left.rows(), UNIT_ROWS);
    }

    void evaluate(long unit, Sink sink) {
        int firstRow = (int) (unit % rowUnits()) * UNIT_ROWS;
        int firstColumn = (int) (unit / rowUnits()) * UNIT_COLUMNS;
        int rows = Math.min(UNIT_ROWS, left.rows() - firstRow);
        int columns = Math.min(UNIT_COLUMNS, right.columns() - firstColumn);
        boolean exact = left.view().isExact() && right.view().isExact();
        ProductSums values = sums(firstRow, rows, firstColumn, columns, false);
        ProductSums upper = exact ? values : sums(firstRow, rows, firstColumn, columns, true);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double magnitude = upper.magnitude(row, column);
                double spread = exact ? 0 : Math.max(0, magnitude - values.magnitude(row, column));
                sink.accept(firstRow + row, firstColumn + column, values.sum(row, column), spread, magnitude);
            }
        }
    }

    private ProductSums sums(int firstRow, int rows, int firstColumn, int columns, boolean magnitudes) {
        ProductSums sums = new ProductSums(rows, columns);
        for (int term = 0; term < left.columns(); term += UNIT_TERMS) {
            int terms = Math.min(UNIT_TERMS, left.columns() - term);
            double[][] a = new double[rows][terms];
            double[][] b = new double[terms][columns];
            left.read(firstRow, term, a, magnitudes);
            right.read(term, firstColumn, b, magnitudes);
            sums.add(a, b, terms);
        }
        return sums;
    }
}
