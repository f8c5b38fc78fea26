package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.Attributes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Resizing where it only repeats each element a whole number of times, as networks do that widen their features.
final class Resizing {
    private static final List<String> TRANSFORMATIONS = List.of(
            "half_pixel",
            "half_pixel_symmetric",
            "pytorch_half_pixel",
            "align_corners",
            "asymmetric",
            "tf_half_pixel_for_nn",
            "tf_crop_and_resize");
    private static final List<String> ROUNDINGS = List.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil");
    /// Along an axis every element is asked for where it comes from.
    private static final long LARGEST_EXTENT = 1 << 24;

    private static final List<String> MODES = List.of("nearest", "linear", "bilinear", "cubic");

    static final List<Row> ROWS = List.of(
            Row.of(
                    "Upsample",
                    7,
                    8,
                    node -> upsample(
                            node,
                            node.attributes().numbers("scales").orElse(List.of()).stream()
                                    .map(Float::doubleValue)
                                    .toList())),
            Row.of("Upsample", 9, 9, node -> upsample(node, scales(node, 1))),
            Row.of("Resize", 10, 10, node -> upsample(node, scales(node, 1))),
            Row.of("Resize", 11, Resizing::resize));

    private Resizing() {}

    private static List<Double> scales(OnnxNode node, int input) {
        return doubles(node.known(input, "scales"));
    }

    private static List<Double> doubles(Tensor tensor) {
        List<Double> values = new ArrayList<>();
        for (long i = 0; i < tensor.shape().elements(); i++) {
            values.add(tensor.get(i));
        }
        return values;
    }

    private static Operand upsample(OnnxNode node, List<Double> scales) {
        requireNearest(node);
        return repeat(node, scales, "asymmetric", "floor");
    }

    private static void requireNearest(OnnxNode node) {
        String mode = node.attributes().word("mode", "nearest", MODES);
        if (!mode.equals("nearest")) {
            throw node.unsupported("interpolates (mode " + mode + "), which is not supported yet");
        }
    }

    private static Operand resize(OnnxNode node) {
        Attributes attributes = node.attributes();
        requireNearest(node);
        attributes.ignore("cubic_coeff_a", "exclude_outside", "extrapolation_value");
        if (attributes.flag("antialias", false)) {
            throw node.unsupported("has antialias set, which is not supported yet");
        }
        String policy = attributes.text("keep_aspect_ratio_policy", "stretch");
        if (!policy.equals("stretch") || attributes.has("axes")) {
            throw node.unsupported("has axes or a keep_aspect_ratio_policy, which is not supported yet");
        }
        String transformation = attributes.word("coordinate_transformation_mode", "half_pixel", TRANSFORMATIONS);
        String rounding = attributes.word("nearest_mode", "round_prefer_floor", ROUNDINGS);
        // The region of interest, which only tf_crop_and_resize reads.
        node.optional(1);
        return repeat(node, scalesOrSizes(node), transformation, rounding);
    }

    private static List<Double> scalesOrSizes(OnnxNode node) {
        Optional<List<Double>> scales =
                node.optionalKnown(2, "scales").map(Resizing::doubles).filter(list -> !list.isEmpty());
        Optional<Tensor> sizes = node.optionalKnown(3, "sizes");
        if (scales.isPresent() || sizes.isEmpty()) {
            return scales.orElse(List.of());
        }
        Shape shape = node.input().type().shape();
        List<Double> ratios = new ArrayList<>();
        List<Double> wanted = doubles(sizes.get());
        for (int axis = 0; axis < Math.min(wanted.size(), shape.rank()); axis++) {
            ratios.add(wanted.get(axis) / shape.dim(axis));
        }
        return ratios;
    }

    private static Operand repeat(OnnxNode node, List<Double> scales, String transformation, String rounding) {
        Operand x = node.input();
        Shape shape = x.type().shape();
        if (scales.size() != shape.rank()) {
            throw node.fault(
                    Code.OPERANDS, "scales " + scales + " must have an entry for each dimension of " + shape, null);
        }
        List<Long> apart = new ArrayList<>();
        List<Long> wide = new ArrayList<>();
        List<Long> together = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            long times = times(node, shape.dim(axis), scales.get(axis), transformation, rounding);
            apart.add(shape.dim(axis));
            wide.add(shape.dim(axis));
            if (times > 1) {
                apart.add(1L);
                wide.add(times);
            }
            together.add(node.product(shape.dim(axis), times));
        }
        if (apart.equals(wide)) {
            return node.same(x);
        }
        Operand repeated = Repetition.repeated(node, node.apply(new Reshape(apart), x), node.shape(wide));
        return node.apply(new Reshape(together), repeated);
    }

    /// How often each element comes, if that is a whole number and the same for all.
    private static long times(OnnxNode node, long extent, double scale, String transformation, String rounding) {
        boolean whole = scale >= 1 && scale == Math.rint(scale) && scale * extent < LARGEST_EXTENT;
        if (!whole) {
            throw node.unsupported("scales dimension of extent " + extent + " by " + scale
                    + ": only whole factors from 1 are supported yet");
        }
        long times = (long) scale;
        for (long i = 0; times > 1 && i < extent * times; i++) {
            double at = original(i, extent, times, transformation);
            long nearest = switch (rounding) {
                case "floor" -> (long) Math.floor(at);
                case "ceil" -> (long) Math.ceil(at);
                case "round_prefer_ceil" -> (long) Math.floor(at + 0.5);
                default -> (long) Math.ceil(at - 0.5);
            };
            if (Math.clamp(nearest, 0, extent - 1) != i / times) {
                throw node.unsupported("maps coordinates by " + transformation + " and " + rounding
                        + ", which does not repeat each element " + times + " times and is not supported yet");
            }
        }
        return times;
    }

    private static double original(long i, long extent, long times, String transformation) {
        return switch (transformation) {
            case "asymmetric" -> (double) i / times;
            case "align_corners" -> extent == 1 ? 0 : i * (extent - 1.0) / (extent * times - 1.0);
            case "half_pixel", "half_pixel_symmetric", "pytorch_half_pixel" -> (i + 0.5) / times - 0.5;
            default -> -1;
        };
    }
}
