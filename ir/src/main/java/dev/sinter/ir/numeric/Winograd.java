package dev.sinter.ir.numeric;

import dev.sinter.ir.type.Window;
import java.util.List;

/// Convolution with a 3x3 window in tiles of m x m outputs: Y = Aᵀ \[(G g Gᵀ) ⊙ (Bᵀ d B)] A for weights g and the
/// p x p inputs d that a tile reads, p = m + 2. It takes p² products where the sum itself takes 9 m² (Winograd, 1980;
/// Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2015, whose matrices these are).
public enum Winograd {
    /// F(2x2, 3x3): 16 products for 4 outputs.
    TILE_2(
            new double[][] {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}},
            new double[][] {{1, 0, 0}, {1 / 2., 1 / 2., 1 / 2.}, {1 / 2., -1 / 2., 1 / 2.}, {0, 0, 1}},
            new double[][] {{1, 1, 1, 0}, {0, 1, -1, -1}}),
    /// F(4x4, 3x3): 36 products for 16 outputs.
    TILE_4(
            new double[][] {
                {4, 0, -5, 0, 1, 0},
                {0, -4, -4, 1, 1, 0},
                {0, 4, -4, -1, 1, 0},
                {0, -2, -1, 2, 1, 0},
                {0, 2, -1, -2, 1, 0},
                {0, 4, 0, -5, 0, 1}
            },
            new double[][] {
                {1 / 4., 0, 0},
                {-1 / 6., -1 / 6., -1 / 6.},
                {-1 / 6., 1 / 6., -1 / 6.},
                {1 / 24., 1 / 12., 1 / 6.},
                {1 / 24., -1 / 12., 1 / 6.},
                {0, 0, 1}
            },
            new double[][] {{1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}});

    /// How long the window is that it computes.
    public static final int WINDOW = 3;

    private final double[][] input;
    private final double[][] weights;
    private final double[][] output;

    Winograd(double[][] input, double[][] weights, double[][] output) {
        this.input = input;
        this.weights = weights;
        this.output = output;
    }

    /// The side m of a tile of outputs.
    public int tile() {
        return output.length;
    }

    /// The side p of what a tile reads.
    public int points() {
        return input.length;
    }

    /// Bᵀ, p x p.
    public double[][] input() {
        return copy(input);
    }

    /// G, p x 3.
    public double[][] weights() {
        return copy(weights);
    }

    /// Aᵀ, m x p.
    public double[][] output() {
        return copy(output);
    }

    /// How many roundings the two transforms, of inputs and of outputs, add to the longest path of the sum: each goes
    /// over a tile's rows and columns, with at most p terms a time.
    public int roundings() {
        return 4 * points();
    }

    /// True for the convolutions that it can compute: 3x3 over two dimensions, each place next to the last, not in
    /// groups.
    public static boolean computes(Window window, long groups) {
        return window.rank() == 2
                && groups == 1
                && window.kernel().equals(List.of((long) WINDOW, (long) WINDOW))
                && window.strides().equals(List.of(1L, 1L))
                && window.dilations().equals(List.of(1L, 1L));
    }

    private static double[][] copy(double[][] matrix) {
        double[][] copy = new double[matrix.length][];
        for (int row = 0; row < matrix.length; row++) {
            copy[row] = matrix[row].clone();
        }
        return copy;
    }
}
