package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.OnnxBuilder.INT64;
import static dev.sinter.frontend.onnx.OnnxBuilder.integer;
import static dev.sinter.frontend.onnx.OnnxBuilder.ints;
import static dev.sinter.frontend.onnx.OnnxBuilder.number;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static dev.sinter.frontend.onnx.OnnxBuilder.text;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// A small valid model for every operator that can be imported, for tests that damage them.
@NullMarked
final class SmallModels {
    private static final int BOOL = DataType.BOOL.number();
    private static final List<String> OF_ONE = List.of(
            "Relu",
            "Sigmoid",
            "Tanh",
            "HardSwish",
            "Softplus",
            "Softsign",
            "Exp",
            "Log",
            "Sqrt",
            "Reciprocal",
            "Erf",
            "Floor",
            "Ceil",
            "Round",
            "Neg",
            "Abs",
            "Identity",
            "GlobalMaxPool",
            "GlobalAveragePool",
            "Mish",
            "MeanVarianceNormalization",
            "Dropout",
            "ReduceMin",
            "ReduceL1",
            "ReduceL2",
            "ReduceSumSquare",
            "ReduceLogSum",
            "ReduceLogSumExp",
            "ReduceSum",
            "ReduceMax",
            "ReduceMean");
    private static final List<String> OF_TWO = List.of("Add", "Sub", "Mul", "Div", "Pow", "Max", "Min", "Sum", "Mean");
    private static final List<String> COMPARISONS =
            List.of("Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual");

    private SmallModels() {}

    static List<ModelProto> all() {
        List<ModelProto> models = new ArrayList<>();
        OF_ONE.forEach(operator -> models.add(one(operator, "x")));
        OF_TWO.forEach(operator -> models.add(one(operator, "x u")));
        COMPARISONS.forEach(operator -> models.add(known(BOOL, operator, "i j")));
        models.add(known(INT64, "Mod", "i j"));
        models.add(known(INT64, "Shape", "x"));
        models.add(known(INT64, "Size", "x"));
        models.add(one("LeakyRelu", "x", number("alpha", 0.1f)));
        models.add(one("Elu", "x", number("alpha", 0.5f)));
        models.add(one("Selu", "x", number("alpha", 0.5f), number("gamma", 2)));
        models.add(one("Celu", "x", number("alpha", 0.5f)));
        models.add(one("HardSigmoid", "x", number("alpha", 0.5f), number("beta", 0.1f)));
        models.add(one("Swish", "x", number("alpha", 0.5f)));
        models.add(one("Gelu", "x", text("approximate", "tanh")));
        models.add(one("PRelu", "x u"));
        models.add(one("Clip", "x zero one"));
        models.add(one(
                "Conv",
                "x w b",
                ints("pads", 1, 1, 1, 1),
                ints("strides", 1, 2),
                ints("dilations", 1, 1),
                integer("group", 1),
                ints("kernel_shape", 3, 3)));
        models.add(one(
                "ConvTranspose",
                "x wt",
                ints("strides", 2, 2),
                ints("output_padding", 1, 1),
                ints("pads", 1, 0, 1, 0),
                integer("group", 1)));
        models.add(one("ConvTranspose", "x wt", ints("strides", 2, 2), ints("output_shape", 8, 8)));
        models.add(one(
                "MaxPool",
                "x",
                ints("kernel_shape", 2, 2),
                ints("strides", 2, 2),
                ints("pads", 1, 1, 1, 1),
                ints("dilations", 1, 1),
                integer("ceil_mode", 1)));
        models.add(one(
                "AveragePool",
                "x",
                ints("kernel_shape", 2, 2),
                text("auto_pad", "SAME_UPPER"),
                integer("count_include_pad", 1)));
        models.add(one("MatMul", "x square"));
        models.add(one("Gemm", "square square v", number("alpha", 2), number("beta", 3), integer("transB", 1)));
        models.add(one("BatchNormalization", "x v v v v", number("epsilon", 1e-3f)));
        models.add(one("LRN", "x", integer("size", 3), number("alpha", 0.1f), number("beta", 0.5f)));
        models.add(one("InstanceNormalization", "x v v", number("epsilon", 1e-3f)));
        models.add(one("GroupNormalization", "x v v", integer("num_groups", 2)));
        models.add(one("LayerNormalization", "x v v", integer("axis", -1), number("epsilon", 1e-3f)));
        models.add(one("RMSNormalization", "x v", integer("axis", -1)));
        models.add(one("LpNormalization", "x", integer("axis", 1), integer("p", 2)));
        models.add(one("Softmax", "x", integer("axis", 1)));
        models.add(one("LogSoftmax", "x", integer("axis", 1)));
        models.add(one("ReduceSum", "x axes", integer("keepdims", 0), integer("noop_with_empty_axes", 1)));
        models.add(known(INT64, "ReduceProd", "i", integer("keepdims", 0)));
        models.add(one("Flatten", "x", integer("axis", 2)));
        models.add(one("Concat", "x x u", integer("axis", 1)));
        models.add(one("Transpose", "x", ints("perm", 0, 2, 3, 1)));
        models.add(one("Pad", "x pads zero", text("mode", "reflect")));
        models.add(one("Reshape", "x shape", integer("allowzero", 0)));
        models.add(one("Squeeze", "x first"));
        models.add(one("Unsqueeze", "x axes"));
        models.add(one("DepthToSpace", "x", integer("blocksize", 2), text("mode", "CRD")));
        models.add(one("SpaceToDepth", "x", integer("blocksize", 2)));
        models.add(one("Slice", "x i j axes steps"));
        models.add(one("Gather", "x i", integer("axis", 1)));
        models.add(one("Tile", "x repeats"));
        models.add(one("Expand", "x wide"));
        models.add(one(
                "Resize",
                "x - scales",
                text("coordinate_transformation_mode", "asymmetric"),
                text("nearest_mode", "floor")));
        models.add(one("Cast", "x", integer("to", 1)));
        models.add(one("CastLike", "x v"));
        models.add(known(INT64, "Where", "yes i j"));
        models.add(known(BOOL, "And", "yes yes"));
        models.add(known(BOOL, "Not", "yes"));
        models.add(known(INT64, "NonZero", "i"));
        models.add(known(INT64, "Range", "start limit delta"));
        models.add(known(OnnxBuilder.FLOAT, "ConstantOfShape", "i"));
        models.add(known(INT64, "Constant", "", ints("value_ints", 1, 2)));
        models.add(model(OnnxBuilder.FLOAT, "Split", "x", "y rest", integer("axis", 1), integer("num_outputs", 2)));
        models.add(model(OnnxBuilder.FLOAT, "LayerNormalization", "x v v", "y mean scale"));
        models.add(model(OnnxBuilder.FLOAT, "MaxPool", "x", "y at", ints("kernel_shape", 2, 2)));
        return models;
    }

    private static ModelProto one(String operator, String inputs, AttributeProto... attributes) {
        return model(OnnxBuilder.FLOAT, operator, inputs, "y", attributes);
    }

    /// One of what can be computed during the import only.
    private static ModelProto known(int type, String operator, String inputs, AttributeProto... attributes) {
        return model(type, operator, inputs, "y", attributes);
    }

    private static ModelProto model(
            int type, String operator, String inputs, String outputs, AttributeProto... attributes) {
        return opset(24)
                .input("x", 1, 4, 4, 4)
                .input("u", 1, 4, 4, 4)
                .floats("w", 4, 4, 3, 3)
                .floats("wt", 4, 2, 3, 3)
                .floats("b", 4)
                .floats("v", 4)
                .floats("square", 4, 4)
                .floats("zero")
                .floats("one")
                .initialiser(OnnxBuilder.tensor("scales", OnnxBuilder.FLOAT, 1, 1, 2, 2))
                .initialiser(OnnxBuilder.tensor("yes", BOOL, 1, 0))
                .integers("axes", 2, 3)
                .integers("first", 0)
                .integers("i", 0, 1)
                .integers("j", 2, 3)
                .integers("steps", 1, 2)
                .integers("repeats", 1, 2, 1, 1)
                .integers("wide", 3, 4, 4, 4)
                .integers("pads", 0, 0, 1, 1, 0, 0, 1, 1)
                .integers("shape", 0, -1, 2)
                .integers("start", 1)
                .integers("limit", 9)
                .integers("delta", 2)
                .node(operator, inputs, outputs, attributes)
                .output("y", type)
                .message()
                .build();
    }
}
