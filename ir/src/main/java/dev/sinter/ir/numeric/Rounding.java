package dev.sinter.ir.numeric;

import dev.sinter.ir.type.ElementType;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/// How the judged kernel rounds: what the oracle must know of it to bound its error.
public interface Rounding {
    /// The unit roundoff u of arithmetic that yields `type`.
    double unit(ElementType type);

    /// How much rounding a sum of `terms` products or addends may show, in units of u: the d of the bound
    /// d · u · Σ(|t| + r). At most the roundings on the longest path of the kernel's reduction tree.
    double sum(long terms);

    /// The same of numbers that may be rounded alike, so that their errors add up.
    ///
    /// @param alike yields Σ m² over groups of m that are: `terms` if no two are, its square if all are
    default double sum(long terms, DoubleSupplier alike) {
        return sum(terms);
    }

    /// The magnitude below which the device may take a number for zero. OpenCL demands denormal numbers of double only,
    /// and most devices flush them in float; those that compute in half keep them.
    default double flushed(ElementType type) {
        return type == ElementType.FLOAT32 ? Float.MIN_NORMAL : 0;
    }

    /// The algorithm by which the kernel computes convolutions, if it does not sum up the products themselves.
    default Optional<Winograd> winograd() {
        return Optional.empty();
    }

    /// The same of a kernel that computes convolutions by an algorithm of Winograd's.
    default Rounding byWinograd(Winograd algorithm) {
        return new WinogradRounding(this, algorithm);
    }

    /// The same kernel, if its roundings are as good as random, each for itself: most sums are within these bounds,
    /// which take no look at what is summed.
    default Rounding independent() {
        return new LikelyRounding(this, false);
    }

    /// The same kernel, if its roundings are as good as random, but for those of addends that are almost equal: what
    /// lies beyond is suspect, though not proven wrong.
    default Rounding likely() {
        return new LikelyRounding(this, true);
    }

    /// True if bounds of sums depend on what is summed.
    default boolean looksAtAddends() {
        return false;
    }

    /// A kernel of which nothing is known but that it rounds every operation to the element type. Its sums may run in
    /// any order.
    static Rounding serial() {
        return SerialRounding.INSTANCE;
    }

    /// Arithmetic that never rounds: for values alone, all bounds being zero.
    static Rounding none() {
        return NoRounding.INSTANCE;
    }
}
