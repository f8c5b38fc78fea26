package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.Attributes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.GridSample;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.RoiAlign;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Elements at places that are stated by coordinates, and the coordinates of a moved picture.
final class Sampling {
    private static final List<String> PADDINGS = List.of("zeros", "border", "reflection");

    static final List<Row> ROWS = List.of(
            Row.of("GridSample", 16, Sampling::gridSample), //
            Row.of("AffineGrid", 20, Sampling::affineGrid),
            Row.of("RoiAlign", 10, Sampling::roiAlign));

    private Sampling() {}

    /// Opset 20 renamed two modes.
    private static Operand gridSample(OnnxNode node) {
        List<String> modes = node.opset() < 20
                ? List.of("nearest", "bilinear", "bicubic")
                : List.of("nearest", "linear", "cubic", "bilinear", "bicubic");
        GridSample.Mode mode =
                switch (node.attributes().word("mode", node.opset() < 20 ? "bilinear" : "linear", modes)) {
                    case "nearest" -> GridSample.Mode.NEAREST;
                    case "cubic", "bicubic" -> GridSample.Mode.CUBIC;
                    default -> GridSample.Mode.LINEAR;
                };
        String padding = node.attributes().word("padding_mode", "zeros", PADDINGS);
        boolean alignCorners = node.attributes().flag("align_corners", false);
        return node.apply(
                new GridSample(mode, GridSample.Padding.values()[PADDINGS.indexOf(padding)], alignCorners),
                node.input(),
                node.input(1, "grid"));
    }

    /// Before opset 16 coordinates were those of output_half_pixel, without a word for it.
    private static Operand roiAlign(OnnxNode node) {
        Attributes attributes = node.attributes();
        String coordinates = node.opset() < 16
                ? "output_half_pixel"
                : attributes.word(
                        "coordinate_transformation_mode", "half_pixel", List.of("half_pixel", "output_half_pixel"));
        RoiAlign align = new RoiAlign(
                attributes.integer("output_height", 1),
                attributes.integer("output_width", 1),
                attributes.integer("sampling_ratio", 0),
                attributes.number("spatial_scale", 1),
                coordinates.equals("half_pixel"),
                attributes.word("mode", "avg", List.of("avg", "max")).equals("max"));
        return node.apply(align, node.input(), node.input(1, "rois"), node.input(2, "batch_indices"));
    }

    /// The product of each output's coordinates, from -1 to 1 and followed by a 1, with the transposed matrices.
    private static Operand affineGrid(OnnxNode node) {
        Operand theta = node.input(0, "theta");
        List<Long> size = node.knownIntegers(1, "size");
        Shape matrices = theta.type().shape();
        int space = size.size() - 2;
        boolean fits = (space == 2 || space == 3) && matrices.equals(Shape.of(size.getFirst(), space, space + 1));
        if (!fits) {
            throw node.fault(
                    Code.SHAPE_MISMATCH,
                    "theta is " + theta.type() + " but size is " + size,
                    "size is [N, C, H, W] with theta [N, 2, 3], or [N, C, D, H, W] with theta [N, 3, 4]");
        }
        boolean alignCorners = node.attributes().flag("align_corners", false);
        Shape extents = node.shape(size.subList(2, size.size()));
        Operand base = node.constant(coordinates(node, extents, alignCorners));
        Operand transposed = node.apply(new Transpose(List.of(0L, 2L, 1L)), theta);
        Operand product = node.apply(new MatMul(), base, transposed);
        List<Long> dims = new ArrayList<>(List.of(size.getFirst()));
        dims.addAll(extents.dims());
        dims.add((long) space);
        return node.apply(new Reshape(dims), product);
    }

    /// `[places, space + 1]`: coordinates, the last dimension's first, and a 1.
    private static Tensor coordinates(OnnxNode node, Shape extents, boolean alignCorners) {
        int space = extents.rank();
        Tensor all = node.allocate(TensorType.of(ElementType.FLOAT32, extents.elements(), space + 1));
        long[] strides = extents.strides();
        for (long place = 0; place < extents.elements(); place++) {
            for (int axis = 0; axis < space; axis++) {
                long extent = extents.dim(axis);
                long at = place / strides[axis] % extent;
                double coordinate =
                        alignCorners ? (extent == 1 ? -1 : 2.0 * at / (extent - 1) - 1) : (2.0 * at + 1) / extent - 1;
                all.set(place * (space + 1) + space - 1 - axis, coordinate);
            }
            all.set(place * (space + 1) + space, 1);
        }
        return all;
    }
}
