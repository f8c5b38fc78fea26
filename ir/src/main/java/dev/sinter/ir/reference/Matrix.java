package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;

/// A matrix within a tensor, stored by rows or, transposed, by columns.
///
/// @param offset the tensor's element at which the matrix begins
/// @param rows as the matrix is used
/// @param columns as the matrix is used
record Matrix(TensorView view, long offset, int rows, int columns, boolean transposed) {
    /// The number of matrix `number` of a tensor whose last two dimensions are matrices.
    Matrix at(long number) {
        return new Matrix(view, offset + number * rows * columns, rows, columns, transposed);
    }

    /// Copies the block of the size of `into` that begins at `row` and `column`.
    ///
    /// @param magnitudes true for |v| + r in place of v
    void read(int row, int column, double[][] into, boolean magnitudes) {
        if (!transposed) {
            for (int i = 0; i < into.length; i++) {
                read(offset + (long) (row + i) * columns + column, into[i], magnitudes);
            }
            return;
        }
        double[] line = new double[into.length];
        for (int j = 0; j < into[0].length; j++) {
            read(offset + (long) (column + j) * rows + row, line, magnitudes);
            for (int i = 0; i < line.length; i++) {
                into[i][j] = line[i];
            }
        }
    }

    private void read(long start, double[] into, boolean magnitudes) {
        if (magnitudes) {
            view.readMagnitudes(start, into);
        } else {
            view.readValues(start, into);
        }
    }
}
