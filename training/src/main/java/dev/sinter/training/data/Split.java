package dev.sinter.training.data;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.util.Arrays;

/// A dataset in two parts that share no example: one to train on, one to test with.
public record Split(Dataset training, Dataset test) {
    /// Examples are dealt at random; the same seed deals the same.
    ///
    /// @param testShare which share of the examples is kept for the test, rounded to whole examples
    /// @throws CompileException if a part would be empty
    public static Split shuffled(Dataset whole, double testShare, long seed) {
        long test = Math.round(whole.size() * testShare);
        if (test < 1 || test >= whole.size()) {
            throw new CompileException(
                    Code.INPUT_DATA,
                    "split",
                    "a test share of " + testShare + " takes " + test + " of " + whole.size()
                            + " examples but both parts need at least one",
                    null);
        }
        int[] order = new RandomNumbers(seed, 0).permutation(whole.size());
        int border = whole.size() - (int) test;
        return new Split(
                new Subset(whole, Arrays.copyOfRange(order, 0, border)),
                new Subset(whole, Arrays.copyOfRange(order, border, order.length)));
    }
}
