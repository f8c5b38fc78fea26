package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.AutoPad;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.Quantizing;
import dev.sinter.frontend.onnx.node.WindowAttributes;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.DeformConv;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Convolutions. Weights may be computed; only their shape must be known.
final class Convolutions {
    static final List<Row> ROWS = List.of(
            Row.of("Conv", Convolutions::conv),
            Row.of("ConvTranspose", Convolutions::convTranspose),
            Row.of("DeformConv", 19, Convolutions::deformConv));

    private Convolutions() {}

    static Operand conv(OnnxNode node) {
        Shape x = node.input().type().shape();
        WindowAttributes window = WindowAttributes.of(node, x, kernel(node));
        long groups = node.attributes().integer("group", 1);
        return node.apply(new Conv(window.strides(), window.padsOver(x), window.dilations(), groups), operands(node));
    }

    private static List<Long> kernel(OnnxNode node) {
        Shape weights = node.input(1, "W").type().shape();
        if (weights.rank() < 3) {
            throw node.fault(
                    Code.SHAPE_RANK,
                    "weights have shape " + weights + " of rank " + weights.rank() + " but at least 3 is needed",
                    null);
        }
        List<Long> kernel = weights.dims().subList(2, weights.rank());
        return WindowAttributes.bounded(node, "the weights' kernel", kernel, 1);
    }

    /// The bias is added apart: the operator of the graph has none, so that a mask is always its fourth input.
    private static Operand deformConv(OnnxNode node) {
        Operand offsets = node.input(2, "offset");
        Optional<Operand> bias = node.optional(3);
        Optional<Operand> mask = node.optional(4);
        Shape x = node.input().type().shape();
        if (x.rank() != 4) {
            throw node.unsupported(
                    "is over " + node.input().type() + ", but two spatial dimensions are supported only");
        }
        WindowAttributes window = WindowAttributes.of(node, x, kernel(node));
        DeformConv conv = new DeformConv(
                window.strides(),
                window.padsOver(x),
                window.dilations(),
                node.attributes().integer("group", 1),
                node.attributes().integer("offset_group", 1),
                mask.isPresent());
        List<Operand> operands = new ArrayList<>(List.of(node.input(), node.input(1, "W"), offsets));
        mask.ifPresent(operands::add);
        Operand sum = node.apply(conv, operands);
        if (bias.isEmpty() || Quantizing.isZero(bias.get())) {
            return sum;
        }
        Operand perChannel =
                node.apply(new Reshape(List.of(1L, sum.type().shape().dim(1), 1L, 1L)), bias.get());
        return node.apply(new Binary(Binary.Kind.ADD), sum, perChannel);
    }

    private static List<Operand> operands(OnnxNode node) {
        List<Operand> operands = new ArrayList<>(List.of(node.input(), node.input(1, "W")));
        node.optional(2).ifPresent(operands::add);
        return operands;
    }

    private static Operand convTranspose(OnnxNode node) {
        Shape x = node.input().type().shape();
        WindowAttributes window = WindowAttributes.of(node, x, kernel(node));
        int rank = window.kernel().size();
        List<Long> outputPads =
                new ArrayList<>(WindowAttributes.list(node, "output_padding", Collections.nCopies(rank, 0L), 0));
        List<Long> pads = window.pads();
        Optional<List<Long>> outputs = outputShape(node, x, window);
        if (window.autoPad() == AutoPad.VALID) {
            pads = Collections.nCopies(2 * rank, 0L);
        }
        if (outputs.isPresent()) {
            List<Long> totals = new ArrayList<>();
            for (int axis = 0; axis < rank; axis++) {
                long natural = window.strides().get(axis) * (x.dim(axis + 2) - 1)
                        + outputPads.get(axis)
                        + window.spans().get(axis);
                long total = natural - outputs.get().get(axis);
                totals.add(Math.max(0, total));
                // An output that is larger than the windows reach has zeros at its end.
                outputPads.set(axis, outputPads.get(axis) + Math.max(0, -total));
            }
            pads = AutoPad.split(totals, window.autoPad() == AutoPad.SAME_UPPER);
        }
        long groups = node.attributes().integer("group", 1);
        return node.apply(
                new ConvTranspose(window.strides(), pads, outputPads, window.dilations(), groups), operands(node));
    }

    /// The spatial extents asked for, by number or by `auto_pad`.
    private static Optional<List<Long>> outputShape(OnnxNode node, Shape x, WindowAttributes window) {
        int rank = window.kernel().size();
        Optional<List<Long>> declared = node.attributes().integers("output_shape");
        if (declared.isPresent()) {
            // Some exporters write batch and channels too.
            List<Long> shape = declared.get();
            List<Long> spatial = shape.size() == rank + 2 ? shape.subList(2, rank + 2) : shape;
            if (spatial.size() != rank) {
                throw node.attributeFault("output_shape " + shape + " needs " + rank + " entries");
            }
            return Optional.of(WindowAttributes.bounded(node, "output_shape", spatial, 1));
        }
        if (!window.autoPad().isSame()) {
            return Optional.empty();
        }
        List<Long> extents = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            extents.add(x.dim(axis + 2) * window.strides().get(axis));
        }
        return Optional.of(extents);
    }
}
