package dev.sinter.ir.interp;

import java.util.Optional;

/// A verdict with its reasons.
///
/// @param elements how many elements were compared
/// @param beyond how many are farther off than the verdict allows: than the likely bound where it is SUSPECT, than the
///     bound where it is FAILED
/// @param unbounded how many elements could be anything, such as a quotient whose divisor may be zero
/// @param largestError the largest difference to the oracle, infinite where a NaN or infinity does not match
/// @param largestRatio the largest ratio of an error to its bound, the likely one unless the verdict is FAILED
/// @param first the first element beyond, in row-major order
public record Judgement(
        Verdict verdict,
        long elements,
        long beyond,
        long unbounded,
        double largestError,
        double largestRatio,
        Optional<Deviation> first) {
    @Override
    public String toString() {
        String counts = first.map(deviation ->
                        beyond + " of " + elements + " elements beyond their bound, first " + deviation + "; ")
                .orElse("");
        String open = unbounded == 0 ? "" : "; " + unbounded + " elements without a bound";
        return verdict + ": " + counts + "largest error " + largestError + ", at most " + largestRatio + " of its bound"
                + open;
    }
}
