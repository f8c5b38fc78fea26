package dev.sinter.frontend.onnx.exporting;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Node;
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
import dev.sinter.ir.op.Compress;
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
import dev.sinter.ir.op.NonMaxSuppression;
import dev.sinter.ir.op.NonZero;
import dev.sinter.ir.op.OneHot;
import dev.sinter.ir.op.PRelu;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Quantize;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Resample;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.RoiAlign;
import dev.sinter.ir.op.RoundTo;
import dev.sinter.ir.op.ScatterElements;
import dev.sinter.ir.op.ScatterNd;
import dev.sinter.ir.op.Scattering;
import dev.sinter.ir.op.Shrink;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.SoftmaxCrossEntropy;
import dev.sinter.ir.op.ThresholdedRelu;
import dev.sinter.ir.op.TopK;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Triangle;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.op.Unique;
import dev.sinter.ir.op.Unpool;
import dev.sinter.ir.op.Where;
import dev.sinter.ir.op.WinogradConv;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What each operator of the graph is in ONNX, in the opset that is written. The counterpart of [OperatorTable].
final class OperatorForms {
    private static final long UNSIGNED_BYTE = 255;

    /// Batch, channels, and three dimensions of space.
    private static final int LARGEST_POOLED_RANK = 5;

    private OperatorForms() {}

    /// @throws CompileException if ONNX has no such operator
    static NodeForm of(Node node) {
        ElementType element = node.output().type().element();
        return switch (node.op()) {
            case Conv conv ->
                WindowForms.window("Conv", conv.window(node.input(1).type().shape()))
                        .integer("group", conv.groups());
            case ConvTranspose conv ->
                WindowForms.window(
                                "ConvTranspose",
                                conv.window(node.input(1).type().shape()))
                        .integers("output_padding", conv.outputPads())
                        .integer("group", conv.groups());
            case MaxPool(Window window) -> WindowForms.window("MaxPool", window).flag("ceil_mode", window.ceilMode());
            case AveragePool(Window window, boolean countIncludePad) ->
                WindowForms.averagePool(window)
                        .flag("ceil_mode", window.ceilMode())
                        .flag("count_include_pad", countIncludePad);
            case Reduce reduce -> reduce(reduce, node.input(0).type().shape());
            case Unary(Unary.Kind kind) -> NodeForm.of(name(kind));
            case Binary(Binary.Kind kind) -> NodeForm.of(name(kind));
            case LeakyRelu(double alpha) -> NodeForm.of("LeakyRelu").number("alpha", alpha);
            case PRelu() -> NodeForm.of("PRelu");
            case Clip(double min, double max) ->
                NodeForm.of("Clip").operand("min", scalar(element, min)).operand("max", scalar(element, max));
            case Softmax(long axis) -> NodeForm.of("Softmax").integer("axis", axis);
            case MatMul() -> NodeForm.of("MatMul");
            case Gemm(double alpha, double beta, boolean transposeA, boolean transposeB) ->
                NodeForm.of("Gemm")
                        .number("alpha", alpha)
                        .number("beta", beta)
                        .flag("transA", transposeA)
                        .flag("transB", transposeB);
            case BatchNormalization(double epsilon) ->
                NodeForm.of("BatchNormalization").number("epsilon", epsilon);
            case Lrn(long size, double alpha, double beta, double bias) ->
                NodeForm.of("LRN")
                        .integer("size", size)
                        .number("alpha", alpha)
                        .number("beta", beta)
                        .number("bias", bias);
            case Concat(long axis) -> NodeForm.of("Concat").integer("axis", axis);
            case Reshape(List<Long> shape) -> reshape(shape, shape.contains(0L));
            case Flatten(long axis) -> NodeForm.of("Flatten").integer("axis", axis);
            case Transpose(List<Long> permutation) -> NodeForm.of("Transpose").integers("perm", permutation);
            case Pad(List<Long> pads, Pad.Mode mode, double value) ->
                NodeForm.of("Pad")
                        .word("mode", mode.name().toLowerCase(Locale.ROOT))
                        .operand("pads", integers(pads))
                        .operand("constant_value", scalar(element, value));
            case Gather(long axis) -> NodeForm.of("Gather").integer("axis", axis);
            case GatherElements(long axis) -> NodeForm.of("GatherElements").integer("axis", axis);
            case GatherNd(long batchDims) -> NodeForm.of("GatherND").integer("batch_dims", batchDims);
            case GridSample(GridSample.Mode mode, GridSample.Padding padding, boolean alignCorners) ->
                NodeForm.of("GridSample")
                        .word("mode", name(mode))
                        .word("padding_mode", padding.name().toLowerCase(Locale.ROOT))
                        .flag("align_corners", alignCorners);
            case DeformConv conv -> WindowForms.deformConv(conv, node);
            case Resample _ -> throw unknown(node, "export the network as it was imported, or keep it as IR text");
            case TopK(long axis, long count, boolean largest) -> {
                NodeForm form = NodeForm.of("TopK").integer("axis", axis).flag("largest", largest);
                yield node.inputs().size() == 1 ? form.operand("k", integers(List.of(count))) : form;
            }
            case NonMaxSuppression(boolean centerPointBox, long _) ->
                NodeForm.of("NonMaxSuppression").flag("center_point_box", centerPointBox);
            case ScatterElements(long axis, Scattering reduction) ->
                NodeForm.of("ScatterElements").integer("axis", axis).word("reduction", name(reduction));
            case ScatterNd(Scattering reduction) -> NodeForm.of("ScatterND").word("reduction", name(reduction));
            case RoiAlign align ->
                NodeForm.of("RoiAlign")
                        .integer("output_height", align.height())
                        .integer("output_width", align.width())
                        .integer("sampling_ratio", align.samplingRatio())
                        .number("spatial_scale", align.spatialScale())
                        .word("mode", align.maximum() ? "max" : "avg")
                        .word("coordinate_transformation_mode", align.halfPixel() ? "half_pixel" : "output_half_pixel");
            case NonZero() -> NodeForm.of("NonZero");
            case Compress(long axis) -> NodeForm.of("Compress").integer("axis", axis);
            case Unique(long axis, boolean sorted) ->
                NodeForm.of("Unique").integer("axis", axis).flag("sorted", sorted);
            case ArgReduce arg ->
                NodeForm.of(
                                switch (arg.kind()) {
                                    case MAX -> "ArgMax";
                                    case MIN -> "ArgMin";
                                })
                        .integer("axis", arg.axis())
                        .flag("keepdims", arg.keepDims())
                        .flag("select_last_index", arg.lastOfEqual());
            case MaxPoolIndices(Window window, boolean columnMajor) ->
                WindowForms.window("MaxPool", window)
                        .flag("ceil_mode", window.ceilMode())
                        .flag("storage_order", columnMajor)
                        .afterUnread("values");
            case LpPool(Window window, long p) ->
                WindowForms.window("LpPool", window)
                        .flag("ceil_mode", window.ceilMode())
                        .integer("p", p);
            case CumulativeSum(long axis, boolean exclusive, boolean reverse) ->
                NodeForm.of("CumSum")
                        .flag("exclusive", exclusive)
                        .flag("reverse", reverse)
                        .operand("axis", Tensor.ofLongs(Shape.of(), axis));
            case OneHot(long axis, long depth) -> {
                if (node.input(0).type().shape().rank() == 0) {
                    throw unknown(
                            node, "give it indices of at least one dimension, such as [1], and reshape the result");
                }
                yield NodeForm.of("OneHot")
                        .integer("axis", axis)
                        .operandAt(1, "depth", Tensor.ofLongs(Shape.of(), depth));
            }
            case Triangle(boolean upper, long diagonal) ->
                NodeForm.of("Trilu").flag("upper", upper).operand("k", Tensor.ofLongs(Shape.of(), diagonal));
            case Diagonal diagonal ->
                NodeForm.of("Einsum")
                        .word(
                                "equation",
                                equation(diagonal, node.input(0).type().shape()));
            case ColumnsToImage(Window window, List<Long> extents) ->
                NodeForm.of("Col2Im")
                        .integers("strides", window.strides())
                        .integers("pads", window.pads())
                        .integers("dilations", window.dilations())
                        .operand("image_shape", integers(extents))
                        .operand("block_shape", integers(window.kernel()));
            case Unpool(List<Long> shape) ->
                WindowForms.unpool(shape, node.input(0).type().shape());
            case Identity() -> NodeForm.of("Identity");
            case Cast(ElementType to) ->
                NodeForm.of("Cast").integer("to", DataType.of(to).number());
            case Quantize quantize -> quantize(node, quantize);
            case RoundTo _ -> throw unknown(node, "export the model from before its numbers were rounded");
            case Dropout(double ratio) -> NodeForm.of("Dropout").operand("ratio", scalar(ElementType.FLOAT32, ratio));
            case Compare(Compare.Kind kind) -> NodeForm.of(ChoiceForms.name(kind));
            case Logical(Logical.Kind kind) -> NodeForm.of(ChoiceForms.name(kind));
            case Bitwise(Bitwise.Kind kind) -> ChoiceForms.bitwise(kind);
            case Where() -> NodeForm.of("Where");
            case Modulo(Modulo.Kind kind) -> NodeForm.of("Mod").flag("fmod", kind == Modulo.Kind.TRUNCATED);
            case IsNan() -> NodeForm.of("IsNaN");
            case IsInfinite(boolean negative, boolean positive) ->
                NodeForm.of("IsInf").flag("detect_negative", negative).flag("detect_positive", positive);
            case Shrink(double lambda, double bias) ->
                NodeForm.of("Shrink").number("lambd", lambda).number("bias", bias);
            case ThresholdedRelu(double alpha) -> NodeForm.of("ThresholdedRelu").number("alpha", alpha);
            case Gate _, ConvWeightGradient _, MaxPoolGradient _, AveragePoolGradient _, SoftmaxCrossEntropy _ ->
                throw unknown(node, "export the network itself, without its gradients");
            case WinogradConv _ -> throw unknown(node, "export the network before its convolutions are rewritten");
            case CustomOp _ -> throw unknown(node, "write it with operators of ONNX, or keep the network as IR text");
        };
    }

    /// @param zeroIsZero if not, 0 stands for the input's extent
    static NodeForm reshape(List<Long> shape, boolean zeroIsZero) {
        return NodeForm.of("Reshape").flag("allowzero", zeroIsZero).operand("shape", integers(shape));
    }

    /// The same letter for both axes of a diagonal, once in the result.
    private static String equation(Diagonal diagonal, Shape x) {
        int kept = x.normaliseAxis(diagonal.first());
        int dropped = x.normaliseAxis(diagonal.second());
        StringBuilder terms = new StringBuilder();
        for (int axis = 0; axis < x.rank(); axis++) {
            terms.append((char) ('a' + (axis == dropped ? kept : axis)));
        }
        return terms + "->" + terms.deleteCharAt(dropped);
    }

    /// Over all of space it is global pooling, which other tools know as such; of more dimensions than windows have
    /// they do not.
    private static NodeForm reduce(Reduce reduce, Shape input) {
        boolean isGlobal = reduce.keepDims()
                && input.rank() > 2
                && input.rank() <= LARGEST_POOLED_RANK
                && reduce.normalisedAxes(input).equals(space(input));
        return switch (reduce.kind()) {
            case SUM -> alongAxes("ReduceSum", reduce);
            case MEAN -> isGlobal ? NodeForm.of("GlobalAveragePool") : alongAxes("ReduceMean", reduce);
            case LOG_SUM_EXP -> alongAxes("ReduceLogSumExp", reduce);
            case MIN -> alongAxes("ReduceMin", reduce);
            case PROD -> alongAxes("ReduceProd", reduce);
            case MAX -> isGlobal ? NodeForm.of("GlobalMaxPool") : alongAxes("ReduceMax", reduce);
        };
    }

    private static Set<Integer> space(Shape input) {
        return IntStream.range(2, input.rank()).boxed().collect(Collectors.toSet());
    }

    private static NodeForm alongAxes(String operator, Reduce reduce) {
        return NodeForm.of(operator).flag("keepdims", reduce.keepDims()).operand("axes", integers(reduce.axes()));
    }

    /// Steps of 1, since what is quantised is in units of a step already.
    private static NodeForm quantize(Node node, Quantize op) {
        ElementType element = op.element();
        boolean oneZero =
                node.inputs().size() == 1 || node.input(1).type().shape().equals(Shape.of());
        if (!isWholeByte(op) || !oneZero) {
            throw unknown(node, "bytes of all their range and one zero point can be exported");
        }
        NodeForm form = NodeForm.of("QuantizeLinear").operandAt(1, "y_scale", scalar(ElementType.FLOAT32, 1));
        return node.inputs().size() == 2 ? form : form.operand("y_zero_point", scalar(element, 0));
    }

    /// True if the integers are all that a byte can be.
    static boolean isWholeByte(Quantize op) {
        return op.element() == ElementType.INT8 && op.least() == Byte.MIN_VALUE && op.most() == Byte.MAX_VALUE
                || op.element() == ElementType.UINT8 && op.least() == 0 && op.most() == UNSIGNED_BYTE;
    }

    private static String name(Unary.Kind kind) {
        return switch (kind) {
            case RELU -> "Relu";
            case SIGMOID -> "Sigmoid";
            case TANH -> "Tanh";
            case EXP -> "Exp";
            case LOG -> "Log";
            case SQRT -> "Sqrt";
            case ABS -> "Abs";
            case NEGATE -> "Neg";
            case RECIPROCAL -> "Reciprocal";
            case ERF -> "Erf";
            case FLOOR -> "Floor";
            case CEIL -> "Ceil";
            case ROUND -> "Round";
            case SIGN -> "Sign";
            case SIN -> "Sin";
            case COS -> "Cos";
            case TAN -> "Tan";
            case ASIN -> "Asin";
            case ACOS -> "Acos";
            case ATAN -> "Atan";
            case SINH -> "Sinh";
            case COSH -> "Cosh";
            case ASINH -> "Asinh";
            case ACOSH -> "Acosh";
            case ATANH -> "Atanh";
        };
    }

    private static String name(Binary.Kind kind) {
        return switch (kind) {
            case ADD -> "Add";
            case SUB -> "Sub";
            case MUL -> "Mul";
            case DIV -> "Div";
            case MAX -> "Max";
            case MIN -> "Min";
            case POW -> "Pow";
        };
    }

    /// In the words of the opset that is written.
    private static String name(GridSample.Mode mode) {
        return switch (mode) {
            case NEAREST -> "nearest";
            case LINEAR -> "bilinear";
            case CUBIC -> "bicubic";
        };
    }

    private static String name(Scattering reduction) {
        return reduction.name().toLowerCase(Locale.ROOT);
    }

    private static Tensor scalar(ElementType element, double value) {
        return Tensor.filled(TensorType.of(element), value);
    }

    private static Tensor integers(List<Long> values) {
        return Tensor.ofLongs(
                Shape.of(values.size()),
                values.stream().mapToLong(Long::longValue).toArray());
    }

    private static CompileException unknown(Node node, String hint) {
        return new CompileException(
                Code.ONNX_OPERATOR,
                node.label(),
                "operator '" + node.op().mnemonic() + "' cannot be exported: ONNX has no such operator",
                hint);
    }
}
