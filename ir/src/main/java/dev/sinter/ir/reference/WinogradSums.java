package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Winograd;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;

/// Aᵀ \[Σ U ⊙ (Bᵀ d B)] A for every tile, in plain loops over double; or the same with the magnitudes of all numbers,
/// which is how large what is rounded on the way may be.
final class WinogradSums {
    private final Winograd algorithm;
    private final Window window;
    private final Shape input;
    private final Shape output;
    private final double[][] inputMatrix;
    private final double[][] outputMatrix;

    /// @param input of the tensor, `[N, C, H, W]`
    /// @param output of what is computed, `[N, M, E, F]`
    /// @param magnitudes true to add up magnitudes
    WinogradSums(Winograd algorithm, Window window, Shape input, Shape output, boolean magnitudes) {
        this.algorithm = algorithm;
        this.window = window;
        this.input = input;
        this.output = output;
        inputMatrix = magnitudes ? absolute(algorithm.input()) : algorithm.input();
        outputMatrix = magnitudes ? absolute(algorithm.output()) : algorithm.output();
    }

    /// |G| |g| |G|ᵀ for every output and input channel, as `[M, P, P, C]`.
    ///
    /// @param weights `[M, C, 3, 3]`, magnitudes
    static double[] weightMagnitudes(Winograd algorithm, double[] weights, int outputs, int channels) {
        double[][] matrix = absolute(algorithm.weights());
        int points = algorithm.points();
        double[] transformed = new double[outputs * points * points * channels];
        ParallelLoop.units(outputs, row -> {
            double[] window = new double[Winograd.WINDOW * Winograd.WINDOW];
            for (int channel = 0; channel < channels; channel++) {
                System.arraycopy(weights, (int) (row * channels + channel) * window.length, window, 0, window.length);
                double[] points2 = onBothSides(matrix, window, Winograd.WINDOW);
                for (int point = 0; point < points2.length; point++) {
                    transformed[(int) (row * points2.length + point) * channels + channel] = points2[point];
                }
            }
        });
        return transformed;
    }

    /// One number for each element of the output.
    ///
    /// @param x the input's elements
    /// @param weights `[M, P, P, C]`
    double[] of(double[] x, double[] weights) {
        double[] sums = new double[Math.toIntExact(output.elements())];
        int rows = Math.toIntExact(Math.ceilDiv(output.dim(2), algorithm.tile()));
        ParallelLoop.units(
                output.dim(0) * rows, unit -> rowOfTiles((int) (unit / rows), (int) (unit % rows), x, weights, sums));
        return sums;
    }

    private void rowOfTiles(int image, int row, double[] x, double[] weights, double[] sums) {
        int channels = (int) input.dim(1);
        int tiles = (int) Math.ceilDiv(output.dim(3), algorithm.tile());
        int points = algorithm.points() * algorithm.points();
        double[][][] transformed = new double[points][channels][tiles];
        for (int channel = 0; channel < channels; channel++) {
            for (int tile = 0; tile < tiles; tile++) {
                double[] read = onBothSides(inputMatrix, read(image, channel, row, tile, x), algorithm.points());
                for (int point = 0; point < points; point++) {
                    transformed[point][channel][tile] = read[point];
                }
            }
        }
        for (int channel = 0; channel < output.dim(1); channel++) {
            double[][] products = new double[points][tiles];
            for (int point = 0; point < points; point++) {
                int start = (channel * points + point) * channels;
                for (int c = 0; c < channels; c++) {
                    addProducts(weights[start + c], transformed[point][c], products[point]);
                }
            }
            for (int tile = 0; tile < tiles; tile++) {
                double[] square = new double[points];
                for (int point = 0; point < points; point++) {
                    square[point] = products[point][tile];
                }
                write(image, channel, row, tile, onBothSides(outputMatrix, square, algorithm.points()), sums);
            }
        }
    }

    private static void addProducts(double factor, double[] values, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += factor * values[i];
        }
    }

    /// The p x p inputs of a tile.
    private double[] read(int image, int channel, int row, int column, double[] x) {
        int side = algorithm.points();
        double[] square = new double[side * side];
        long plane = (image * input.dim(1) + channel) * input.dim(2);
        for (int down = 0; down < side; down++) {
            long h = (long) row * algorithm.tile() + down - window.padBegin(0);
            for (int across = 0; across < side; across++) {
                long w = (long) column * algorithm.tile() + across - window.padBegin(1);
                if (h >= 0 && h < input.dim(2) && w >= 0 && w < input.dim(3)) {
                    square[down * side + across] = x[Math.toIntExact((plane + h) * input.dim(3) + w)];
                }
            }
        }
        return square;
    }

    private void write(int image, int channel, int row, int column, double[] tile, double[] sums) {
        int side = algorithm.tile();
        long plane = (image * output.dim(1) + channel) * output.dim(2);
        for (int down = 0; down < side; down++) {
            long h = (long) row * side + down;
            for (int across = 0; across < side; across++) {
                long w = (long) column * side + across;
                if (h < output.dim(2) && w < output.dim(3)) {
                    sums[Math.toIntExact((plane + h) * output.dim(3) + w)] = tile[down * side + across];
                }
            }
        }
    }

    /// T s Tᵀ for a square s.
    private static double[] onBothSides(double[][] matrix, double[] square, int side) {
        double[] left = new double[matrix.length * side];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < side; column++) {
                double sum = 0;
                for (int i = 0; i < side; i++) {
                    sum += matrix[row][i] * square[i * side + column];
                }
                left[row * side + column] = sum;
            }
        }
        double[] both = new double[matrix.length * matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix.length; column++) {
                double sum = 0;
                for (int i = 0; i < side; i++) {
                    sum += left[row * side + i] * matrix[column][i];
                }
                both[row * matrix.length + column] = sum;
            }
        }
        return both;
    }

    private static double[][] absolute(double[][] matrix) {
        for (double[] row : matrix) {
            for (int column = 0; column < row.length; column++) {
                row[column] = Math.abs(row[column]);
            }
        }
        return matrix;
    }
}
