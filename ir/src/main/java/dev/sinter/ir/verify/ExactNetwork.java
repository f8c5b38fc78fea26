package dev.sinter.ir.verify;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
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
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.PRelu;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.SoftmaxCrossEntropy;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A network in which no kernel can round: integers from -8 to 8 in place of weights, so that every sum of products
/// stays below 2^24 and is exact in float32 in any order. A single weight that is dropped or misplaced then shows.
///
/// Functions that would hide such an error by saturating, or that no integer passes exactly, are replaced by simple
/// ones: sigmoid, tanh and the like by relu; clip by clip at its lower limit only; batch norm gets variance 1 and
/// epsilon 0. The structure, and so what is fused with what, stays.
public final class ExactNetwork {
    private static final long LARGEST = 8;
    private static final double NO_LIMIT = 1 << 22;

    private ExactNetwork() {}

    /// The network with integers from `seed` for its floating-point constants. Values stay the same objects.
    public static Graph of(Graph graph, long seed) {
        Map<Value, Tensor> constants = new LinkedHashMap<>();
        long number = 0;
        for (Map.Entry<Value, Tensor> constant : graph.constants().entrySet()) {
            number++;
            boolean floating = constant.getKey().type().element().isFloating();
            constants.put(
                    constant.getKey(),
                    floating ? replacement(graph, constant.getKey(), seed * 1_000_003 + number) : constant.getValue());
        }
        List<Node> nodes = graph.nodes().stream()
                .map(node -> new Node(node.name(), replacement(node.op()), node.inputs(), node.outputs()))
                .toList();
        return graph.with(constants, nodes);
    }

    /// Integers from -8 to 8.
    static Tensor integers(TensorType type, long seed) {
        return RandomTensors.integers(type, -LARGEST, LARGEST, seed);
    }

    private static Tensor replacement(Graph graph, Value value, long seed) {
        for (Node reader : graph.consumers(value)) {
            int place = reader.inputs().indexOf(value);
            if (reader.op() instanceof BatchNormalization && place == 4) {
                return Tensor.filled(value.type(), 1);
            }
            // Scales multiply whole sums: they must stay small, and none may wipe a channel out.
            if (reader.op() instanceof BatchNormalization && place == 1) {
                return RandomTensors.integers(value.type(), 1, 2, seed);
            }
            if (reader.op() instanceof Binary(Binary.Kind kind) && kind == Binary.Kind.MUL) {
                return RandomTensors.integers(value.type(), 1, 2, seed);
            }
            if (reader.op() instanceof Binary(Binary.Kind kind)
                    && (kind == Binary.Kind.DIV || kind == Binary.Kind.POW)) {
                return Tensor.filled(value.type(), kind == Binary.Kind.DIV ? 2 : 1);
            }
        }
        return integers(value.type(), seed);
    }

    private static Op replacement(Op op) {
        return switch (op) {
            case Unary(Unary.Kind kind) ->
                switch (kind) {
                    case SIGMOID, TANH, EXP, LOG, SQRT, RECIPROCAL, ERF -> Unary.RELU;
                    case RELU, ABS, NEGATE, FLOOR, CEIL, ROUND -> op;
                };
            case LeakyRelu _ -> new LeakyRelu(0.5);
            case Clip(double min, double _) -> new Clip(Math.ceil(Math.max(min, -NO_LIMIT)), NO_LIMIT);
            case BatchNormalization _ -> new BatchNormalization(0);
            case Gemm(double _, double _, boolean transposeA, boolean transposeB) ->
                new Gemm(1, 1, transposeA, transposeB);
            case Conv _,
                    ConvTranspose _,
                    MaxPool _,
                    AveragePool _,
                    Reduce _,
                    PRelu _,
                    Softmax _,
                    Binary _,
                    MatMul _,
                    Lrn _,
                    Concat _,
                    Reshape _,
                    Flatten _,
                    Transpose _,
                    Pad _,
                    Identity _,
                    Dropout _,
                    Gate _,
                    ConvWeightGradient _,
                    MaxPoolGradient _,
                    AveragePoolGradient _,
                    SoftmaxCrossEntropy _,
                    CustomOp _ -> op;
        };
    }

    /// How closely a kernel's result for integers can be foretold.
    static StepVerdict.Mode exactness(Op op) {
        return switch (op) {
            case Conv _,
                    ConvTranspose _,
                    MaxPool _,
                    LeakyRelu _,
                    PRelu _,
                    Clip _,
                    MatMul _,
                    Gemm _,
                    BatchNormalization _,
                    Concat _,
                    Reshape _,
                    Flatten _,
                    Transpose _,
                    Pad _,
                    Identity _,
                    Dropout _,
                    Gate _,
                    ConvWeightGradient _,
                    MaxPoolGradient _ -> StepVerdict.Mode.EXACT;
            case AveragePool _ -> StepVerdict.Mode.EXACT_BUT_DIVISION;
            case Reduce(Reduce.Kind kind, _, _) ->
                switch (kind) {
                    case SUM, MAX -> StepVerdict.Mode.EXACT;
                    case MEAN -> StepVerdict.Mode.EXACT_BUT_DIVISION;
                    case LOG_SUM_EXP -> StepVerdict.Mode.BOUND;
                };
            case Unary(Unary.Kind kind) ->
                switch (kind) {
                    case RELU, ABS, NEGATE, FLOOR, CEIL, ROUND -> StepVerdict.Mode.EXACT;
                    case SIGMOID, TANH, EXP, LOG, SQRT, RECIPROCAL, ERF -> StepVerdict.Mode.BOUND;
                };
            case Binary(Binary.Kind kind) ->
                switch (kind) {
                    case ADD, SUB, MUL, MAX, MIN -> StepVerdict.Mode.EXACT;
                    case DIV -> StepVerdict.Mode.EXACT_BUT_DIVISION;
                    case POW -> StepVerdict.Mode.BOUND;
                };
            // A gradient of an average is a sum of quotients, each rounded.
            case AveragePoolGradient _, Softmax _, SoftmaxCrossEntropy _, Lrn _, CustomOp _ -> StepVerdict.Mode.BOUND;
        };
    }
}
