package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.Axes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Operators that give the same elements another shape.
final class Reshaping {
    static final List<Row> ROWS = List.of(
            Row.of("Reshape", 1, 4, node -> reshape(node, node.attributes().requiredIntegers("shape"))),
            Row.of("Reshape", 5, node -> reshape(node, node.knownIntegers(1, "shape")))
                    .knowing(1),
            Row.of("Squeeze", 1, 12, node -> squeeze(node, node.attributes().integers("axes"))),
            Row.of("Squeeze", 13, node -> squeeze(node, node.optionalIntegers(1, "axes")))
                    .knowing(1),
            Row.of("Unsqueeze", 1, 12, node -> unsqueeze(node, node.attributes().requiredIntegers("axes"))),
            Row.of("Unsqueeze", 13, node -> unsqueeze(node, node.knownIntegers(1, "axes")))
                    .knowing(1),
            Row.of("DepthToSpace", Reshaping::depthToSpace),
            Row.of("SpaceToDepth", Reshaping::spaceToDepth));

    private Reshaping() {}

    private static Operand reshape(OnnxNode node, List<Long> written) {
        Operand x = node.input();
        Shape shape = x.type().shape();
        boolean zeroIsZero = node.opset() >= 14 && node.attributes().flag("allowzero", false);
        Optional<Shape> imageByImage = node.reshapedImageByImage();
        if (imageByImage.isPresent()) {
            return node.apply(new Reshape(imageByImage.get().dims()), x);
        }
        List<Long> dims = new ArrayList<>(written);
        for (int i = 0; i < dims.size(); i++) {
            if (dims.get(i) < -1) {
                throw node.fault(
                        Code.SHAPE_ELEMENTS, "shape " + written + " has the negative extent " + dims.get(i), null);
            }
            if (dims.get(i) == 0 && !zeroIsZero) {
                if (i >= shape.rank()) {
                    throw node.fault(
                            Code.SHAPE_ELEMENTS,
                            "shape " + written + " copies dimension " + i + " but the input has shape " + shape,
                            null);
                }
                dims.set(i, shape.dim(i));
            }
        }
        int open = dims.indexOf(-1L);
        if (open >= 0) {
            dims.set(open, 1L);
            dims.set(open, remaining(node, shape, node.shape(dims), written));
        }
        return node.apply(new Reshape(dims), x);
    }

    private static long remaining(OnnxNode node, Shape from, Shape others, List<Long> written) {
        if (written.indexOf(-1L) != written.lastIndexOf(-1L)) {
            throw node.fault(Code.SHAPE_ELEMENTS, "shape " + written + " leaves more than one extent open", null);
        }
        long known = others.elements();
        if (known == 0 || from.elements() % known != 0) {
            throw node.fault(
                    Code.SHAPE_ELEMENTS,
                    "input has shape " + from + " of " + from.elements() + " elements, which do not divide into shape "
                            + written,
                    null);
        }
        return from.elements() / known;
    }

    private static Operand squeeze(OnnxNode node, Optional<List<Long>> named) {
        Shape shape = node.input().type().shape();
        SortedSet<Integer> axes = new TreeSet<>();
        if (named.isPresent()) {
            axes.addAll(Axes.normal(node, named.get(), shape.rank()));
        } else {
            for (int axis = 0; axis < shape.rank(); axis++) {
                if (shape.dim(axis) == 1) {
                    axes.add(axis);
                }
            }
        }
        List<Long> dims = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!axes.contains(axis)) {
                dims.add(shape.dim(axis));
            } else if (shape.dim(axis) != 1) {
                throw node.fault(
                        Code.SHAPE_AXIS,
                        "removes axis " + axis + " of " + shape + ", whose extent is " + shape.dim(axis)
                                + " but must be 1",
                        null);
            }
        }
        return node.apply(new Reshape(dims), node.input());
    }

    private static Operand unsqueeze(OnnxNode node, List<Long> named) {
        Shape shape = node.input().type().shape();
        int rank = shape.rank() + named.size();
        SortedSet<Integer> axes = Axes.normal(node, named, rank);
        List<Long> dims = new ArrayList<>();
        int next = 0;
        for (int axis = 0; axis < rank; axis++) {
            dims.add(axes.contains(axis) ? 1L : shape.dim(next++));
        }
        return node.apply(new Reshape(dims), node.input());
    }

    /// Blocks of channels become blocks of pixels: the channel is `[block, block, C]`, or `[C, block, block]` in mode
    /// CRD.
    private static Operand depthToSpace(OnnxNode node) {
        Shape x = image(node);
        long block = block(node);
        boolean channelsFirst =
                node.attributes().word("mode", "DCR", List.of("DCR", "CRD")).equals("CRD");
        long channels = divided(node, x, 1, block * block);
        long h = x.dim(2);
        long w = x.dim(3);
        List<Long> apart = channelsFirst
                ? List.of(x.dim(0), channels, block, block, h, w)
                : List.of(x.dim(0), block, block, channels, h, w);
        List<Long> order = channelsFirst ? List.of(0L, 1L, 4L, 2L, 5L, 3L) : List.of(0L, 3L, 4L, 1L, 5L, 2L);
        return rearranged(node, apart, order, List.of(x.dim(0), channels, h * block, w * block));
    }

    private static Operand spaceToDepth(OnnxNode node) {
        Shape x = image(node);
        long block = block(node);
        long h = divided(node, x, 2, block);
        long w = divided(node, x, 3, block);
        List<Long> apart = List.of(x.dim(0), x.dim(1), h, block, w, block);
        return rearranged(
                node, apart, List.of(0L, 3L, 5L, 1L, 2L, 4L), List.of(x.dim(0), x.dim(1) * block * block, h, w));
    }

    private static Shape image(OnnxNode node) {
        Shape x = node.input().type().shape();
        if (x.rank() != 4) {
            throw node.fault(Code.SHAPE_RANK, "input has shape " + x + " but rank 4 is expected", null);
        }
        return x;
    }

    private static long block(OnnxNode node) {
        long block = node.attributes().requiredInteger("blocksize");
        if (block < 1 || block > Short.MAX_VALUE) {
            throw node.attributeFault("blocksize is " + block + " but must be from 1 to " + Short.MAX_VALUE);
        }
        return block;
    }

    private static long divided(OnnxNode node, Shape x, int axis, long by) {
        if (x.dim(axis) % by != 0) {
            throw node.fault(
                    Code.SHAPE_ELEMENTS,
                    "dimension " + axis + " of " + x + " does not divide into blocks of " + by,
                    null);
        }
        return x.dim(axis) / by;
    }

    private static Operand rearranged(OnnxNode node, List<Long> apart, List<Long> order, List<Long> together) {
        Operand blocks = node.apply(new Reshape(apart), node.input());
        return node.apply(new Reshape(together), node.apply(new Transpose(order), blocks));
    }
}
