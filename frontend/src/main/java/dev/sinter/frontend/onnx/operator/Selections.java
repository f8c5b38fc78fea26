package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.Axes;
import dev.sinter.frontend.onnx.node.Formulas;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Compress;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.NonMaxSuppression;
import dev.sinter.ir.op.NonZero;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.TopK;
import dev.sinter.ir.op.Unique;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Operators that pick elements by their values. They run on the host, and read what else does.
final class Selections {
    static final List<Row> ROWS = List.of(
            new Row("TopK", 1, 9, 2, node -> topK(node, Optional.empty(), true)),
            Row.many("TopK", 10, 2, Selections::topKOfInput),
            Row.of("NonMaxSuppression", 10, Selections::nonMaxSuppression),
            Row.of("NonZero", 9, node -> node.apply(new NonZero(), openInput(node, 0, "X"))),
            Row.of("Compress", 9, Selections::compress),
            Row.many("Unique", 11, 4, Selections::unique));

    private Selections() {}

    private static Operand openInput(OnnxNode node, int i, String what) {
        return node.open(i)
                .orElseThrow(() -> node.fault(Code.OPERANDS, "input " + i + " (" + what + ") is missing", null));
    }

    private static List<Operand> topKOfInput(OnnxNode node) {
        boolean largest = node.opset() < 11 || node.attributes().flag("largest", true);
        if (node.opset() >= 11) {
            // In order is one of the orders that an unsorted result may have.
            node.attributes().ignore("sorted");
        }
        return topK(node, Optional.of(openInput(node, 1, "K")), largest);
    }

    /// @param fed how many; empty where an attribute says it
    private static List<Operand> topK(OnnxNode node, Optional<Operand> fed, boolean largest) {
        Operand x = openInput(node, 0, "X");
        Shape shape = x.type().shape();
        int axis = Axes.normal(node, node.attributes().integer("axis", -1), shape.rank());
        if (fed.isEmpty()) {
            return node.applyAll(new TopK(axis, count(node, node.attributes().requiredInteger("k")), true), List.of(x));
        }
        return switch (fed.get()) {
            case Operand.Known known ->
                node.applyAll(new TopK(axis, count(node, single(node, known.tensor(), "K")), largest), List.of(x));
            case Operand.Computed _, Operand.Draft _ ->
                node.applyAll(new TopK(axis, shape.dim(axis), largest), List.of(x, fed.get()));
        };
    }

    private static long count(OnnxNode node, long count) {
        if (count < 0) {
            throw node.fault(Code.OPERANDS, "picks " + count + " elements but at least 0 are expected", null);
        }
        return count;
    }

    static long single(OnnxNode node, Tensor tensor, String what) {
        if (tensor.shape().elements() != 1 || tensor.type().element().isFloating()) {
            throw node.fault(Code.ONNX_TENSOR, what + " is " + tensor.type() + " but one integer is expected", null);
        }
        return tensor.getLong(0);
    }

    private static Operand nonMaxSuppression(OnnxNode node) {
        Operand boxes = openInput(node, 0, "boxes");
        Operand scores = openInput(node, 1, "scores");
        if (boxes.type().shape().rank() != 3) {
            throw node.fault(Code.SHAPE_RANK, "boxes are " + boxes.type() + " but [images,boxes,4] are expected", null);
        }
        Operand wanted = node.open(2).orElseGet(() -> node.constant(Tensor.ofLongs(Shape.of(), 0)));
        long most = wanted instanceof Operand.Known known
                ? Math.max(0, single(node, known.tensor(), "max_output_boxes_per_class"))
                : boxes.type().shape().dim(1);
        List<Operand> operands =
                new ArrayList<>(List.of(boxes, scores, wanted, node.open(3).orElseGet(() -> node.scalar(0))));
        node.open(4).ifPresent(operands::add);
        return node.apply(new NonMaxSuppression(node.attributes().flag("center_point_box", false), most), operands);
    }

    private static Operand compress(OnnxNode node) {
        Optional<Long> named = node.attributes().integer("axis");
        Operand x = named.isPresent() ? openInput(node, 0, "input") : flat(node);
        int axis = Axes.normal(node, named.orElse(0L), x.type().shape().rank());
        Operand condition = openInput(node, 1, "condition");
        boolean known = condition instanceof Operand.Known;
        if (!known || x instanceof Operand.Known || x.isOpen()) {
            return node.apply(new Compress(axis), x, condition);
        }
        return kept(node, x, axis, ((Operand.Known) condition).tensor());
    }

    private static Operand flat(OnnxNode node) {
        Operand x = node.input();
        return node.apply(new Reshape(List.of(x.type().shape().elements())), x);
    }

    /// With a known condition the extents are known: what stays are runs of slices, one after the other.
    private static Operand kept(OnnxNode node, Operand x, int axis, Tensor condition) {
        if (condition.type().element() != ElementType.BOOL || condition.shape().rank() != 1) {
            throw node.fault(
                    Code.ONNX_TENSOR, "condition is " + condition.type() + " but a list of bool is expected", null);
        }
        long extent = Math.min(x.type().shape().dim(axis), condition.shape().dim(0));
        List<Operand> runs = new ArrayList<>();
        for (long i = 0; i < extent; i++) {
            long first = i;
            while (i < extent && condition.getLong(i) != 0) {
                i++;
            }
            if (i > first) {
                runs.add(slices(node, x, axis, first, i));
            }
        }
        if (runs.isEmpty()) {
            return slices(node, x, axis, 0, 0);
        }
        return runs.size() == 1 ? runs.getFirst() : node.apply(new Concat(axis), runs);
    }

    private static Operand slices(OnnxNode node, Operand x, int axis, long first, long end) {
        return new Formulas(node, x.type().element()).part(x, axis, first, end);
    }

    private static List<Operand> unique(OnnxNode node) {
        Optional<Long> named = node.attributes().integer("axis");
        boolean sorted = node.attributes().flag("sorted", true);
        Operand x = named.isPresent() ? openInput(node, 0, "X") : flat(node);
        int axis = Axes.normal(node, named.orElse(0L), x.type().shape().rank());
        return node.applyAll(new Unique(axis, sorted), List.of(x));
    }
}
