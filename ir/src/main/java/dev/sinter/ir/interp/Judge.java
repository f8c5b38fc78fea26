package dev.sinter.ir.interp;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Tensor;
import java.util.Map;
import java.util.function.Function;

/// Holds a device's results against the oracle's.
///
/// @param rounding how the judged kernels round, at worst
public record Judge(Rounding rounding) {
    /// Judges one value that a device computed from others.
    ///
    /// @param graph the imported graph, which says what the value ought to be
    /// @param known the values, to the bit, that the device computed it from; `wanted` need not be among them
    public Judgement judge(Graph graph, Map<Value, Tensor> known, Value wanted, Tensor device) {
        return judge(device, assumed -> new Interpreter(graph, assumed).between(known, wanted));
    }

    /// Judges by the likely bounds first, as if all roundings were independent, which takes the least time. Only what
    /// lies beyond them is evaluated again: with regard to what is rounded alike, and then with the bounds that hold
    /// always, to tell what is suspect from what is wrong.
    ///
    /// @param oracle the oracle's view, given how kernels round
    public Judgement judge(Tensor device, Function<Rounding, TensorView> oracle) {
        TensorView independent = oracle.apply(rounding.independent());
        Comparison quick = Comparison.of(device, independent);
        if (quick.beyond() == 0) {
            return quick.judgement(Verdict.PASSED, independent, independent);
        }
        TensorView likely = oracle.apply(rounding.likely());
        Comparison first = Comparison.of(device, likely);
        if (first.beyond() == 0) {
            return first.judgement(Verdict.PASSED, likely, likely);
        }
        TensorView worst = oracle.apply(rounding);
        Comparison second = Comparison.of(device, worst);
        return second.beyond() == 0
                ? first.judgement(Verdict.SUSPECT, worst, likely)
                : second.judgement(Verdict.FAILED, worst, likely);
    }

    /// Demands that each element be the oracle's value, rounded once to the element type: for data of which it is known
    /// that no kernel rounds, such as small integers. +0 and -0 are equal.
    public static Judgement exact(Tensor device, TensorView oracle) {
        TensorView rounded = TensorView.of(oracle.rounded());
        Comparison comparison = Comparison.of(device, rounded);
        return comparison.judgement(comparison.beyond() == 0 ? Verdict.PASSED : Verdict.FAILED, rounded, rounded);
    }
}
