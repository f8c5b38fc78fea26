package dev.sinter.ir.numeric;

import dev.sinter.ir.type.ElementType;

/// How the judged kernel rounds: what the oracle must know of it to bound its error.
public interface Rounding {
    /// The unit roundoff u of arithmetic that yields `type`.
    double unit(ElementType type);

    /// How much rounding a sum of `terms` products or addends may show, in units of u: the d of the bound
    /// d · u · Σ(|t| + r). At most the roundings on the longest path of the kernel's reduction tree.
    double sum(long terms);
}
