package dev.sinter.ir.gradient;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.ArgReduce;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.AveragePoolGradient;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Bitwise;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.ColumnsToImage;
import dev.sinter.ir.op.Compare;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.ConvWeightGradient;
import dev.sinter.ir.op.CumulativeSum;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.op.DeformConv;
import dev.sinter.ir.op.Diagonal;
import dev.sinter.ir.op.Dropout;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Gate;
import dev.sinter.ir.op.Gather;
import dev.sinter.ir.op.GatherElements;
import dev.sinter.ir.op.GatherNd;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.GridSample;
import dev.sinter.ir.op.HostOp;
import dev.sinter.ir.op.Identity;
import dev.sinter.ir.op.IsInfinite;
import dev.sinter.ir.op.IsNan;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.Logical;
import dev.sinter.ir.op.LpPool;
import dev.sinter.ir.op.Lrn;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.MaxPoolGradient;
import dev.sinter.ir.op.MaxPoolIndices;
import dev.sinter.ir.op.Modulo;
import dev.sinter.ir.op.OneHot;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.PRelu;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Quantize;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Resample;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.RoundTo;
import dev.sinter.ir.op.Shrink;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.SoftmaxCrossEntropy;
import dev.sinter.ir.op.ThresholdedRelu;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Triangle;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.op.Unpool;
import dev.sinter.ir.op.Where;
import dev.sinter.ir.op.WinogradConv;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.List;
import java.util.stream.Stream;

/// The gradient of every operator.
final class Rules {
    private Rules() {}

    /// True if the gradient is zero wherever there is one: what such a node reads does not influence a loss.
    static boolean isFlat(Op op) {
        if (op instanceof Cast(ElementType element) && !element.isFloating()) {
            return true;
        }
        if (op instanceof Quantize
                || op instanceof Compare
                || op instanceof Logical
                || op instanceof IsNan
                || op instanceof IsInfinite) {
            return true;
        }
        if (op instanceof ArgReduce || op instanceof MaxPoolIndices) {
            return true;
        }
        return op instanceof Unary(Unary.Kind kind)
                && switch (kind) {
                    case FLOOR, CEIL, ROUND -> true;
                    case SIGN -> true;
                    case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH -> false;
                    case RELU, SIGMOID, TANH, EXP, LOG, SQRT, ABS, NEGATE, RECIPROCAL, ERF -> false;
                };
    }

    /// The gradient with respect to input `operand`, in that input's shape.
    ///
    /// @throws CompileException if there is no rule
    static Value gradient(Backward at, int operand) {
        return switch (at.node().op()) {
            case Conv conv -> ConvolutionRules.gradient(conv, at, operand);
            case ConvTranspose conv -> ConvolutionRules.gradient(conv, at, operand);
            case MaxPool(Window window) -> at.apply(new MaxPoolGradient(window), at.input(0), at.gradient());
            case AveragePool pool -> averagePool(pool, at);
            case Reduce reduce -> ReductionRules.gradient(reduce, at);
            case Softmax(long axis) -> ReductionRules.softmax(axis, at);
            case SoftmaxCrossEntropy _ -> ReductionRules.softmaxCrossEntropy(at, operand);
            case Unary(Unary.Kind kind) -> UnaryRules.gradient(kind, at);
            case LeakyRelu(double alpha) -> UnaryRules.leakyRelu(alpha, at);
            case PRelu _ -> UnaryRules.prelu(at, operand);
            case Clip(double min, double max) -> UnaryRules.clip(min, max, at);
            case Gate(Gate.Kind kind) -> BinaryRules.gate(kind, at, operand);
            case Binary(Binary.Kind kind) -> BinaryRules.gradient(kind, at, operand);
            case MatMul _ -> MatrixRules.matMul(at, operand);
            case Gemm gemm -> MatrixRules.gemm(gemm, at, operand);
            case BatchNormalization(double epsilon) -> NormalizationRules.batch(epsilon, at, operand);
            case Lrn lrn -> NormalizationRules.lrn(lrn, at);
            case Concat concat -> MovementRules.concat(concat, at, operand);
            case Reshape _, Flatten _ ->
                at.reshaped(at.gradient(), at.input(0).type().shape());
            case Transpose transpose -> MovementRules.transpose(transpose, at);
            case Pad pad -> MovementRules.pad(pad, at);
            case Identity _, Dropout _ -> at.gradient();
            case ConvWeightGradient _, MaxPoolGradient _, AveragePoolGradient _ ->
                throw missing(at.node(), "it is a gradient itself");
            case Gather _, GatherElements _, GatherNd _, Resample _, GridSample _, DeformConv _ ->
                throw missing(at.node(), "elements that are read at loaded indices are not summed back yet");
            case HostOp _ -> throw onHost(at.node());
            case WinogradConv _ -> throw missing(at.node(), "it is another form of conv, which has one");
            // Of a number that is rounded, the gradient is taken as if it were not.
            case Cast _ -> cast(at);
            case RoundTo _ -> at.gradient();
            case Quantize _ -> throw missing(at.node(), "it yields integers");
            case Where _ -> ChoiceRules.where(at, operand);
            case Shrink(double lambda, _) -> ChoiceRules.shrink(lambda, at);
            case ThresholdedRelu(double alpha) -> ChoiceRules.thresholdedRelu(alpha, at);
            case Modulo _ -> ChoiceRules.remainder(at, operand);
            case Bitwise _ -> throw missing(at.node(), "integers have none");
            case Compare _, Logical _, IsNan _, IsInfinite _ -> throw missing(at.node(), "truth values have none");
            case CumulativeSum(long axis, boolean exclusive, boolean reverse) ->
                at.apply(new CumulativeSum(axis, exclusive, !reverse), at.gradient());
            case Triangle triangle -> at.apply(triangle, at.gradient());
            case Diagonal diagonal -> MovementRules.diagonal(diagonal, at);
            case LpPool _ -> throw missing(at.node(), "write it as a power, average_pool and a root");
            case ColumnsToImage _ -> throw missing(at.node(), "conv_transpose has one, and overlaps windows too");
            case ArgReduce _, MaxPoolIndices _, OneHot _, Unpool _ ->
                throw missing(at.node(), "it yields places or picks by them");
            case CustomOp custom -> custom(custom, at, operand);
        };
    }

    /// Each window shares its dy equally among what it averaged over.
    private static Value averagePool(AveragePool pool, Backward at) {
        Shape shape = at.input(0).type().shape();
        return at.apply(
                new AveragePoolGradient(
                        pool.window(), pool.countIncludePad(), shape.dims().subList(2, shape.rank())),
                at.gradient());
    }

    private static Value cast(Backward at) {
        ElementType element = at.input(0).type().element();
        return at.gradient().type().element() == element ? at.gradient() : at.apply(new Cast(element), at.gradient());
    }

    private static Value custom(CustomOp custom, Backward at, int operand) {
        Op gradient = custom.gradient(operand)
                .orElseThrow(() -> missing(at.node(), "CustomOp.gradient(" + operand + ") is empty"));
        Value[] operands = Stream.of(at.node().inputs(), List.of(at.output(), at.gradient()))
                .flatMap(List::stream)
                .toArray(Value[]::new);
        return at.apply(gradient, operands);
    }

    static CompileException onHost(Node node) {
        return missing(node, "it runs on the host, in the oracle's code");
    }

    static CompileException missing(Node node, String why) {
        return new CompileException(
                Code.GRADIENT_OPERATOR,
                node.label(),
                "stands between the loss and a value whose gradient is wanted but has no gradient: " + why,
                "train only what comes after it, or write it with other operators");
    }
}
