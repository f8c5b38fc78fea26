package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.Attributes;
import dev.sinter.frontend.onnx.node.Axes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Gather;
import dev.sinter.ir.op.Resample;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Resizing, one axis after the other: where an element comes from is worked out now, for every element along an axis.
final class Resizing {
    /// Along an axis every element is asked for where it comes from.
    private static final long LARGEST_EXTENT = 1 << 24;

    private static final List<String> MODES = List.of("nearest", "linear", "bilinear", "cubic");
    private static final List<String> ROUNDINGS = List.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil");
    private static final List<String> POLICIES = List.of("stretch", "not_larger", "not_smaller");
    private static final double CUBIC_COEFFICIENT = -0.75;

    static final List<Row> ROWS = List.of(
            Row.of("Upsample", 1, 6, node -> upsample(node, heightAndWidth(node))),
            Row.of(
                    "Upsample",
                    7,
                    8,
                    node -> upsample(
                            node,
                            node.attributes().numbers("scales").orElse(List.of()).stream()
                                    .map(Float::doubleValue)
                                    .toList())),
            Row.of("Upsample", 9, 9, node -> upsample(node, doubles(node.known(1, "scales")))),
            Row.of("Resize", 10, 10, node -> upsample(node, doubles(node.known(1, "scales")))),
            Row.of("Resize", 11, Resizing::resize));

    private Resizing() {}

    /// What all axes have in common.
    private record Manner(ResizedCoordinates.Kind coordinates, Interpolation interpolation, boolean excludeOutside) {}

    /// One axis with its new extent.
    private record Resized(int axis, long extent, double scale, double start, double end) {}

    private static List<Double> doubles(Tensor tensor) {
        List<Double> values = new ArrayList<>();
        for (long i = 0; i < tensor.shape().elements(); i++) {
            values.add(tensor.get(i));
        }
        return values;
    }

    private static List<Double> heightAndWidth(OnnxNode node) {
        double height = node.attributes().number("height_scale", 1);
        double width = node.attributes().number("width_scale", 1);
        return List.of(1.0, 1.0, height, width);
    }

    private static Operand upsample(OnnxNode node, List<Double> scales) {
        String mode = node.attributes().word("mode", "nearest", MODES);
        Interpolation interpolation = mode.equals("nearest")
                ? new Interpolation.Nearest(Interpolation.Rounding.CEIL_WHERE_SMALLER)
                : new Interpolation.Linear(false);
        if (mode.equals("cubic")) {
            throw node.attributeFault("mode is cubic, which Resize knows from opset 11 on");
        }
        Manner manner = new Manner(ResizedCoordinates.Kind.ASYMMETRIC, interpolation, false);
        return resized(node, node.input(), manner, byScales(node, allAxes(node), scales, List.of()), 0);
    }

    private static List<Integer> allAxes(OnnxNode node) {
        return LongStream.range(0, node.input().type().shape().rank())
                .mapToObj(axis -> (int) axis)
                .toList();
    }

    private static Operand resize(OnnxNode node) {
        Attributes attributes = node.attributes();
        String transformation =
                attributes.word("coordinate_transformation_mode", "half_pixel", ResizedCoordinates.NAMES);
        ResizedCoordinates.Kind kind = ResizedCoordinates.Kind.named(transformation);
        Manner manner = new Manner(kind, interpolation(node), attributes.flag("exclude_outside", false));
        int rank = node.input().type().shape().rank();
        List<Integer> axes = attributes
                .integers("axes")
                .map(named -> named.stream()
                        .map(axis -> Axes.normal(node, axis, rank))
                        .toList())
                .orElseGet(() -> allAxes(node));
        double extrapolated = attributes.number("extrapolation_value", 0);
        return resized(node, node.input(), manner, extents(node, axes, region(node, kind, axes.size())), extrapolated);
    }

    private static Interpolation interpolation(OnnxNode node) {
        Attributes attributes = node.attributes();
        String rounding = attributes.word("nearest_mode", "round_prefer_floor", ROUNDINGS);
        double cubic = attributes.number("cubic_coeff_a", CUBIC_COEFFICIENT);
        boolean antialias = attributes.flag("antialias", false);
        String mode = attributes.word("mode", "nearest", MODES);
        return switch (mode) {
            case "nearest" -> new Interpolation.Nearest(Interpolation.Rounding.values()[ROUNDINGS.indexOf(rounding)]);
            case "cubic" -> new Interpolation.Cubic(cubic, antialias);
            default -> new Interpolation.Linear(antialias);
        };
    }

    /// Begins of the region of interest along each axis, then ends.
    private static List<Double> region(OnnxNode node, ResizedCoordinates.Kind kind, int axes) {
        if (kind != ResizedCoordinates.Kind.TF_CROP_AND_RESIZE) {
            node.optional(1);
            return List.of();
        }
        List<Double> region = doubles(node.known(1, "roi"));
        if (region.size() != 2 * axes) {
            throw node.fault(
                    Code.OPERANDS,
                    "roi " + region + " must have a begin and an end for each of " + axes + " axes",
                    null);
        }
        return region;
    }

    private static List<Resized> extents(OnnxNode node, List<Integer> axes, List<Double> region) {
        Optional<List<Double>> scales =
                node.optionalKnown(2, "scales").map(Resizing::doubles).filter(list -> !list.isEmpty());
        Optional<List<Double>> sizes =
                node.optionalKnown(3, "sizes").map(Resizing::doubles).filter(list -> !list.isEmpty());
        String policy = node.attributes().word("keep_aspect_ratio_policy", "stretch", POLICIES);
        if (scales.isPresent() == sizes.isPresent()) {
            throw node.fault(
                    Code.OPERANDS,
                    "has " + (scales.isPresent() ? "both scales and sizes" : "neither scales nor sizes"),
                    "one of the two says how large the result is");
        }
        return scales.isPresent()
                ? byScales(node, axes, scales.get(), region)
                : bySizes(node, axes, sizes.orElseThrow(), policy, region);
    }

    private static void requireOneFor(OnnxNode node, String what, List<Double> values, List<Integer> axes) {
        if (values.size() != axes.size()) {
            throw node.fault(
                    Code.OPERANDS,
                    what + " " + values + " must have an entry for each of the axes " + axes + " of "
                            + node.input().type(),
                    null);
        }
        for (double value : values) {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw node.fault(Code.OPERANDS, what + " " + values + " must be positive", null);
            }
        }
    }

    private static List<Resized> byScales(OnnxNode node, List<Integer> axes, List<Double> scales, List<Double> region) {
        requireOneFor(node, "scales", scales, axes);
        List<Resized> resized = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            long extent = node.input().type().shape().dim(axes.get(i));
            resized.add(resized(node, axes.get(i), Math.floor(scales.get(i) * extent), scales.get(i), i, region));
        }
        return resized;
    }

    private static List<Resized> bySizes(
            OnnxNode node, List<Integer> axes, List<Double> written, String policy, List<Double> region) {
        requireOneFor(node, "sizes", written, axes);
        List<Double> sizes = withBatch(node, axes, written);
        Shape shape = node.input().type().shape();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            ratios.add(sizes.get(i) / shape.dim(axes.get(i)));
        }
        List<Resized> resized = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            double scale = switch (policy) {
                case "not_larger" -> Collections.min(ratios);
                case "not_smaller" -> Collections.max(ratios);
                default -> ratios.get(i);
            };
            double size = policy.equals("stretch") ? sizes.get(i) : Math.floor(scale * shape.dim(axes.get(i)) + 0.5);
            resized.add(resized(node, axes.get(i), size, scale, i, region));
        }
        return resized;
    }

    /// Sizes that are written for one image are meant for each of several.
    private static List<Double> withBatch(OnnxNode node, List<Integer> axes, List<Double> sizes) {
        List<Double> changed = new ArrayList<>(sizes);
        int place = axes.indexOf(0);
        if (place >= 0) {
            node.reshapedImageByImage().ifPresent(after -> changed.set(place, (double) after.dim(0)));
        }
        return changed;
    }

    private static Resized resized(
            OnnxNode node, int axis, double extent, double scale, int place, List<Double> region) {
        if (!(extent < LARGEST_EXTENT)) {
            throw node.fault(
                    Code.OPERANDS,
                    "resizes axis " + axis + " of " + node.input().type() + " to " + extent + " elements but at most "
                            + LARGEST_EXTENT + " are supported",
                    null);
        }
        double start = region.isEmpty() ? 0 : region.get(place);
        double end = region.isEmpty() ? 1 : region.get(place + region.size() / 2);
        return new Resized(axis, (long) extent, scale, start, end);
    }

    private static Operand resized(
            OnnxNode node, Operand x, Manner manner, List<Resized> extents, double extrapolated) {
        Operand result = x;
        List<AxisTable> outside =
                new ArrayList<>(Collections.nCopies(x.type().shape().rank(), new AxisTable(0, List.of(), List.of())));
        for (Resized resized : extents) {
            long extent = x.type().shape().dim(resized.axis());
            if (extent == 0 || resized.extent() == 0) {
                throw node.unsupported("resizes " + x.type() + " to or from no elements, which is not supported");
            }
            ResizedCoordinates coordinates = new ResizedCoordinates(
                    manner.coordinates(), extent, resized.extent(), resized.scale(), resized.start(), resized.end());
            AxisTable table = AxisTable.of(coordinates, manner.interpolation(), manner.excludeOutside());
            result = along(node, result, resized.axis(), table);
            outside.set(resized.axis(), table);
        }
        if (outside.stream().anyMatch(table -> table.outside().contains(true)) && extrapolated != 0) {
            return node.apply(new Binary(Binary.Kind.ADD), result, outside(node, result, outside, extrapolated));
        }
        return result == x ? node.same(x) : result;
    }

    private static Operand along(OnnxNode node, Operand x, int axis, AxisTable table) {
        if (table.isIdentity()) {
            return x;
        }
        long times = table.repeats();
        if (times > 1 && times <= Repetition.MOST_PARTS) {
            return repeated(node, x, axis, times);
        }
        if (table.picks()) {
            return node.apply(new Gather(axis), x, node.constant(table.picked(node)));
        }
        if (!x.type().element().isFloating()) {
            throw node.unsupported("interpolates " + x.type() + ", but only floating-point tensors are supported yet");
        }
        return node.apply(
                new Resample(axis), x, node.constant(table.indices(node)), node.constant(table.weights(node)));
    }

    private static Operand repeated(OnnxNode node, Operand x, int axis, long times) {
        Shape shape = x.type().shape();
        List<Long> apart = new ArrayList<>(shape.dims());
        apart.add(axis + 1, 1L);
        List<Long> wide = new ArrayList<>(shape.dims());
        wide.add(axis + 1, times);
        List<Long> together = new ArrayList<>(shape.dims());
        together.set(axis, node.product(shape.dim(axis), times));
        Operand repeated = Repetition.repeated(node, node.apply(new Reshape(apart), x), node.shape(wide));
        return node.apply(new Reshape(together), repeated);
    }

    /// `extrapolated` where a place lies outside along any axis, and zero elsewhere.
    private static Operand outside(OnnxNode node, Operand result, List<AxisTable> tables, double extrapolated) {
        Shape shape = result.type().shape();
        List<Long> dims = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            dims.add(tables.get(axis).outside().contains(true) ? shape.dim(axis) : 1L);
        }
        Tensor tensor = node.allocate(new TensorType(ElementType.FLOAT32, new Shape(dims)));
        long[] strides = tensor.shape().strides();
        for (long i = 0; i < tensor.shape().elements(); i++) {
            boolean isOutside = false;
            for (int axis = 0; axis < shape.rank(); axis++) {
                int at = (int) (i / strides[axis] % dims.get(axis));
                isOutside |= dims.get(axis) > 1 && tables.get(axis).outside().get(at);
            }
            tensor.set(i, isOutside ? extrapolated : 0);
        }
        return node.constant(tensor);
    }
}
