package dev.sinter.ir.op;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import java.util.List;

/// An operator whose elements no formula says: where one lies depends on what the others are. It runs on the host, in
/// the oracle's code, so that nothing independent is left to check it by.
public sealed interface HostOp extends Op
        permits TopK, NonMaxSuppression, NonZero, Compress, Unique, ScatterElements, ScatterNd, RoiAlign {
    @Override
    default boolean runsOnHost() {
        return true;
    }

    @Override
    default Role role() {
        return Role.WHOLE;
    }

    @Override
    default Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    default List<Stage> compute(Signature types, List<Access> inputs) {
        throw new CompilerFault(mnemonic() + " runs on the host, so no stage computes it");
    }

    @Override
    List<TensorView> results(Rounding rounding, List<TensorView> inputs);

    /// @param outputs of just the extents that the elements of `inputs` lead to
    @Override
    default void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        List<TensorView> results = results(rounding, inputs);
        for (int output = 0; output < outputs.size(); output++) {
            results.get(output).copyTo(outputs.get(output));
        }
    }
}
