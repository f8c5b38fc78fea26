package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.Axes;
import dev.sinter.frontend.onnx.node.Formulas;
import dev.sinter.frontend.onnx.node.KnownRearrangement;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Gather;
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

/// Parts of tensors: slice and split. A part is a pad by negative amounts, which costs nothing once fused.
final class Slicing {
    static final List<Row> ROWS = List.of(
            Row.of("Slice", 1, 9, Slicing::sliceByAttributes),
            Row.of("Slice", 10, Slicing::sliceByInputs).knowing(1, 2, 3, 4),
            Row.many("Split", 1, Integer.MAX_VALUE, Slicing::split).knowing(1));

    /// Elements `first`, `first + step`, … along an axis, `count` of them.
    record Progression(long first, long step, long count) {
        long index(long i) {
            return first + i * step;
        }
    }

    private Slicing() {}

    private static Operand sliceByAttributes(OnnxNode node) {
        List<Long> starts = node.attributes().requiredIntegers("starts");
        return slice(
                node,
                starts,
                node.attributes().requiredIntegers("ends"),
                node.attributes().integers("axes"),
                Optional.empty());
    }

    private static Operand sliceByInputs(OnnxNode node) {
        return slice(
                node,
                node.knownIntegers(1, "starts"),
                node.knownIntegers(2, "ends"),
                node.optionalIntegers(3, "axes"),
                node.optionalIntegers(4, "steps"));
    }

    private static Operand slice(
            OnnxNode node,
            List<Long> starts,
            List<Long> ends,
            Optional<List<Long>> namedAxes,
            Optional<List<Long>> namedSteps) {
        Operand x = node.input();
        int rank = x.type().shape().rank();
        List<Long> axes = namedAxes.orElseGet(
                () -> LongStream.range(0, starts.size()).boxed().toList());
        List<Long> steps = namedSteps.orElseGet(() -> Collections.nCopies(starts.size(), 1L));
        if (ends.size() != starts.size() || axes.size() != starts.size() || steps.size() != starts.size()) {
            throw node.fault(
                    Code.OPERANDS,
                    "starts " + starts + ", ends " + ends + ", axes " + axes + " and steps " + steps
                            + " must have as many entries each",
                    null);
        }
        Axes.normal(node, axes, rank);
        Operand result = x;
        for (int i = 0; i < axes.size(); i++) {
            int axis = Axes.normal(node, axes.get(i), rank);
            long extent = x.type().shape().dim(axis);
            result = along(node, result, axis, progression(node, starts.get(i), ends.get(i), steps.get(i), extent));
        }
        return result == x ? node.same(x) : result;
    }

    /// Starts and ends beyond the extent mean its end; with a negative step the end may lie before element 0.
    private static Progression progression(OnnxNode node, long start, long end, long step, long extent) {
        if (step == 0) {
            throw node.fault(Code.OPERANDS, "has a step of 0", null);
        }
        long last = step > 0 ? extent : extent - 1;
        long least = step > 0 ? 0 : -1;
        long from = Math.clamp(start < 0 ? start + extent : start, 0, Math.max(last, 0));
        long to = Math.clamp(end < 0 ? Math.max(end, -extent - 1) + extent : end, least, Math.max(last, least));
        long bounded = Math.clamp(step, -extent - 1, extent + 1);
        long count = Math.max(0, Math.ceilDiv(to - from, bounded));
        return new Progression(from, bounded, extent == 0 ? 0 : count);
    }

    static Operand along(OnnxNode node, Operand x, int axis, Progression part) {
        Shape shape = x.type().shape();
        if (part.step() == 1 || part.count() <= 1) {
            return crop(node, x, axis, part.first(), part.first() + part.count());
        }
        if (x instanceof Operand.Known known) {
            return node.constant(KnownRearrangement.along(node, known.tensor(), axis, part.count(), part::index));
        }
        if (part.step() < 0) {
            return node.apply(new Gather(axis), x, indices(node, part));
        }
        // Cut to a multiple of the step, the extent is count x step, of which the first column remains.
        long end = part.first() + part.count() * part.step();
        Operand multiple = crop(node, x, axis, part.first(), end);
        List<Long> apart = new ArrayList<>(shape.with(axis, part.count()).dims());
        apart.add(axis + 1, part.step());
        Operand column = crop(node, node.apply(new Reshape(apart), multiple), axis + 1, 0, 1);
        return node.apply(new Reshape(shape.with(axis, part.count()).dims()), column);
    }

    private static Operand indices(OnnxNode node, Progression part) {
        Tensor indices = node.allocate(TensorType.of(ElementType.INT32, part.count()));
        for (long i = 0; i < part.count(); i++) {
            indices.setLong(i, part.index(i));
        }
        return node.constant(indices);
    }

    /// Elements `begin` to `end - 1` along an axis; zeros where there are none.
    private static Operand crop(OnnxNode node, Operand x, int axis, long begin, long end) {
        return new Formulas(node, x.type().element()).part(x, axis, begin, end);
    }

    private static List<Operand> split(OnnxNode node) {
        Operand x = node.input();
        Shape shape = x.type().shape();
        int axis = Axes.normal(node, node.attributes().integer("axis", 0), shape.rank());
        Optional<List<Long>> named =
                node.opset() < 2 || node.opset() >= 13 ? node.optionalIntegers(1, "split") : Optional.empty();
        if (node.opset() < 13 && named.isEmpty()) {
            named = node.attributes().integers("split");
        }
        List<Long> sizes = named.orElseGet(() -> equalParts(node, shape.dim(axis)));
        long total = 0;
        for (long size : sizes) {
            total += size;
            if (size < 0 || total < 0 || total > shape.dim(axis)) {
                break;
            }
        }
        if (total != shape.dim(axis) || sizes.size() < node.outputCount()) {
            throw node.fault(
                    Code.SHAPE_ELEMENTS,
                    "parts " + sizes + " for " + node.outputCount() + " outputs do not make up dimension " + axis
                            + " of " + shape,
                    null);
        }
        List<Operand> parts = new ArrayList<>();
        long begin = 0;
        for (long size : sizes.subList(0, node.outputCount())) {
            Operand part = crop(node, x, axis, begin, begin + size);
            parts.add(part == x ? node.same(x) : part);
            begin += size;
        }
        return parts;
    }

    /// From opset 18 on the last part may be smaller.
    private static List<Long> equalParts(OnnxNode node, long extent) {
        long count =
                node.opset() >= 18 ? node.attributes().integer("num_outputs", node.outputCount()) : node.outputCount();
        if (count != node.outputCount()) {
            throw node.attributeFault("num_outputs is " + count + " but there are " + node.outputCount() + " outputs");
        }
        long size = Math.ceilDiv(extent, count);
        List<Long> sizes = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            sizes.add(Math.clamp(extent - i * size, 0, size));
        }
        if (node.opset() < 18 && extent % count != 0) {
            throw node.fault(
                    Code.SHAPE_ELEMENTS, "extent " + extent + " does not divide into " + count + " parts", null);
        }
        return sizes;
    }
}
