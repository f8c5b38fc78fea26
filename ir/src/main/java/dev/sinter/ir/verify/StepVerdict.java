package dev.sinter.ir.verify;

import dev.sinter.ir.interp.Judgement;
import dev.sinter.ir.interp.Verdict;
import dev.sinter.ir.plan.Step;

/// What the oracle says of one step of a compiled network.
public record StepVerdict(Step step, Mode mode, Judgement judgement) {
    /// By what a step was judged.
    public enum Mode {
        /// Each element against its error bound.
        BOUND,
        /// Each element bit for bit.
        EXACT,
        /// Each element bit for bit, once it is rounded to the nearest integer: the kernel's transforms multiply by
        /// fractions, whose errors are far below one half.
        NEAREST,
        /// Sums bit for bit, and the division of a mean by its error bound.
        EXACT_BUT_DIVISION
    }

    /// True unless an element is beyond its bound. On data drawn at random, as here, a suspect element counts as wrong.
    public boolean passed() {
        return judgement.verdict() == Verdict.PASSED;
    }

    /// The step by the name of the tensor that it computes.
    public String name() {
        return step.output().name();
    }
}
