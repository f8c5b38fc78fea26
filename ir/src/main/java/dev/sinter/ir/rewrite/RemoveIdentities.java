package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.AveragePoolGradient;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.ConvWeightGradient;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.op.Dropout;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Gate;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.Identity;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.Lrn;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.MaxPoolGradient;
import dev.sinter.ir.op.PRelu;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.SoftmaxCrossEntropy;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Unary;
import java.util.Optional;
import java.util.stream.IntStream;

/// Takes away nodes whose output is their input, by their operator and its attributes alone.
public record RemoveIdentities() implements Rule {
    @Override
    public String name() {
        return "remove-identities";
    }

    @Override
    public Optional<Patch> apply(Graph graph, Node node) {
        return isIdentity(node) ? Optional.of(Patch.forward(node.output(), node.input(0))) : Optional.empty();
    }

    static boolean isIdentity(Node node) {
        return switch (node.op()) {
            case Identity _, Dropout _ -> true;
            case Reshape _, Flatten _ ->
                node.output().type().equals(node.input(0).type());
            case Transpose(var permutation) ->
                IntStream.range(0, permutation.size()).allMatch(axis -> permutation.get(axis) == axis);
            case Pad(var pads, _, _) -> pads.stream().allMatch(pad -> pad == 0);
            case Concat _ -> node.inputs().size() == 1;
            case Clip(double min, double max) -> min == Double.NEGATIVE_INFINITY && max == Double.POSITIVE_INFINITY;
            case Conv _, ConvTranspose _, MaxPool _, AveragePool _, Reduce _ -> false;
            case Unary _, LeakyRelu _, PRelu _, Softmax _, Binary _ -> false;
            case MatMul _, Gemm _, BatchNormalization _, Lrn _, Gate _, CustomOp _ -> false;
            case ConvWeightGradient _, MaxPoolGradient _, AveragePoolGradient _, SoftmaxCrossEntropy _ -> false;
        };
    }
}
