package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.numeric.Winograd;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The oracle for convolution by Winograd's algorithm.
///
/// Its bound is d · u · |Aᵀ| \[Σ (|G| |g| |G|ᵀ) ⊙ (|B|ᵀ |d| |B|)] |A|: to first order, each number is off by u times
/// its magnitude for every operation that it has been through, and what follows takes that no further than the
/// magnitudes of its factors. d counts the roundings on the longest path: of the sum over channels, of both transforms
/// and of the weights.
public final class WinogradReference {
    /// Weights are rounded after they were transformed, and before, where another factor is folded into them.
    private static final int WEIGHT_ROUNDINGS = 2;

    private WinogradReference() {}

    /// @param inputs x `[N, C, H, W]`, transformed weights `[M, P, P, C]`, and bias `[M]` if there is one
    public static void evaluate(
            Winograd algorithm, Window window, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.get(0);
        TensorView weights = inputs.get(1);
        TensorView y = outputs.getFirst();
        Shape from = x.type().shape();
        Shape to = y.type().shape();
        WinogradSums magnitudes = new WinogradSums(algorithm, window, from, to, true);
        double[] sums = new WinogradSums(algorithm, window, from, to, false).of(values(x), values(weights));
        double[] upper = magnitudes.of(magnitudes(x), magnitudes(weights));
        boolean exact = x.isExact() && weights.isExact();
        double[] plain = exact ? upper : magnitudes.of(absolute(values(x)), absolute(values(weights)));
        store(algorithm, rounding, inputs, y, i -> new Bounded(sums[i], upper[i] - plain[i]), upper);
    }

    /// The bounds of a direct convolution's results if a kernel computes them by Winograd's algorithm.
    ///
    /// @param inputs x `[N, C, H, W]`, weights `[M, C, 3, 3]`, and bias `[M]` if there is one
    /// @param exact the sums of all products, and how far they move within their operands' bounds, without the bias
    /// @param y gets them with bounds, and with the bias
    static void bound(
            Winograd algorithm,
            Window window,
            Rounding rounding,
            List<TensorView> inputs,
            TensorView exact,
            TensorView y) {
        TensorView x = inputs.get(0);
        Shape weights = inputs.get(1).type().shape();
        double[] transformed = WinogradSums.weightMagnitudes(
                algorithm, magnitudes(inputs.get(1)), (int) weights.dim(0), (int) weights.dim(1));
        double[] upper = new WinogradSums(
                        algorithm, window, x.type().shape(), y.type().shape(), true)
                .of(magnitudes(x), transformed);
        store(algorithm, rounding, inputs, y, exact::get, upper);
    }

    /// A number and how far it may be off before anything is rounded.
    @FunctionalInterface
    private interface Unrounded {
        Bounded at(int element);
    }

    private static void store(
            Winograd algorithm,
            Rounding rounding,
            List<TensorView> inputs,
            TensorView y,
            Unrounded sums,
            double[] magnitudes) {
        Arithmetic arithmetic = new Arithmetic(rounding, y.type().element());
        @Nullable TensorView bias = inputs.size() < 3 ? null : inputs.get(2);
        Shape shape = y.type().shape();
        long channels = inputs.getFirst().type().shape().dim(1);
        long plane = shape.dim(2) * shape.dim(3);
        double flushed =
                rounding.flushed(y.type().element()) * Arithmetic.LARGEST_FACTOR * channels * amplification(algorithm);
        ParallelLoop.elements(shape.elements(), i -> {
            Bounded sum = sums.at((int) i);
            // The transforms subtract elements of a tile from each other: of infinities that leaves no number.
            if (!Double.isFinite(magnitudes[(int) i])) {
                y.set(i, Bounded.unknown(sum.value()));
                return;
            }
            Bounded added = bias == null ? Bounded.exact(0) : bias.get(i / plane % shape.dim(1));
            y.set(
                    i,
                    arithmetic.stored(arithmetic.dotProduct(
                            sum.value() + added.value(),
                            sum.bound() + added.bound() + flushed,
                            magnitudes[(int) i] + added.magnitude(),
                            channels + algorithm.roundings() + (bias == null ? 0 : 1),
                            WEIGHT_ROUNDINGS - 1)));
        });
    }

    /// By how much the output transform may enlarge an error.
    private static double amplification(Winograd algorithm) {
        double most = Arrays.stream(algorithm.output())
                .mapToDouble(row -> Arrays.stream(row).map(Math::abs).sum())
                .max()
                .orElse(1);
        return most * most;
    }

    private static double[] values(TensorView view) {
        double[] values = new double[Math.toIntExact(view.type().shape().elements())];
        view.readValues(0, values);
        return values;
    }

    private static double[] magnitudes(TensorView view) {
        double[] magnitudes = new double[Math.toIntExact(view.type().shape().elements())];
        view.readMagnitudes(0, magnitudes);
        return magnitudes;
    }

    private static double[] absolute(double[] values) {
        return Arrays.stream(values).map(Math::abs).toArray();
    }
}
