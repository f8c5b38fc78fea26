package dev.sinter.ir.rewrite;

/// What every network goes through before it is fused and scheduled.
public final class StandardPasses {
    private StandardPasses() {}

    public static Pipeline pipeline() {
        return Pipeline.empty()
                .then("scale quantised numbers after pooling and movement", new SinkScales())
                .then("compute products of quantised numbers on integers", new UseIntegers())
                .then("compute what depends on constants alone", new FoldConstants())
                .then("remove arithmetic that changes nothing", new RemoveNeutralOperands())
                .then("write one thing in one way", new Canonicalise())
                .then("remove identities", new RemoveIdentities())
                .then("compute once what is computed twice", new EliminateCommonSubexpressions())
                .then("fold pads into convolution and pooling", new FoldPads())
                .then("fold batch norm into convolution", new FoldBatchNorm())
                .then("make a multiply and an add of other batch norms", new SplitBatchNorm())
                .then("fold a scaled input into convolution", new FoldInputScale())
                .then("apply activations to pieces of concatenations", new ActivatePieces())
                .then("remove what no output needs", new EliminateDeadCode())
                .untilStable();
    }
}
