package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.Axes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Gather;
import dev.sinter.ir.op.GatherElements;
import dev.sinter.ir.op.GatherNd;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.ScatterElements;
import dev.sinter.ir.op.ScatterNd;
import dev.sinter.ir.op.Scattering;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Elements at stated indices, read or replaced.
final class Gathering {
    static final List<Row> ROWS = List.of(
            Row.of("Gather", Gathering::gather),
            Row.of("GatherElements", 11, Gathering::elements),
            Row.of("GatherND", 11, Gathering::parts),
            Row.of("Scatter", 9, 10, node -> scatterElements(node, Scattering.NONE)),
            Row.of("ScatterElements", 11, node -> scatterElements(node, reduction(node))),
            Row.of("ScatterND", 11, node -> scatter(node, new ScatterNd(reduction(node)))));

    /// Since when elements may meet updates in other ways.
    private static final long REDUCED = 16;

    private Gathering() {}

    private static Operand gather(OnnxNode node) {
        Operand x = node.input();
        Operand indices = node.input(1, "indices");
        Shape shape = x.type().shape();
        long named = node.attributes().integer("axis", 0);
        int axis = Axes.normal(node, named, shape.rank());
        Optional<Slicing.Progression> progression = known(indices)
                .map(table -> inside(node, table, shape.dim(axis)))
                .filter(_ -> !(x instanceof Operand.Known))
                .flatMap(Gathering::progression);
        if (progression.isEmpty()) {
            return node.apply(new Gather(named), x, indices);
        }
        List<Long> dims = new ArrayList<>(shape.dims().subList(0, axis));
        dims.addAll(indices.type().shape().dims());
        dims.addAll(shape.dims().subList(axis + 1, shape.rank()));
        return node.apply(new Reshape(dims), Slicing.along(node, x, axis, progression.get()));
    }

    private static Optional<Tensor> known(Operand indices) {
        return indices instanceof Operand.Known known && !known.type().element().isFloating()
                ? Optional.of(known.tensor())
                : Optional.empty();
    }

    /// The indices counted from the front.
    private static long[] inside(OnnxNode node, Tensor table, long extent) {
        long[] indices = table.toLongs();
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] < -extent || indices[i] >= extent) {
                throw node.fault(
                        Code.ONNX_TENSOR,
                        "index " + indices[i] + " lies outside an axis of extent " + extent,
                        "indices are from -extent to extent - 1");
            }
            indices[i] += indices[i] < 0 ? extent : 0;
        }
        return indices;
    }

    /// A part costs nothing once it is fused.
    private static Optional<Slicing.Progression> progression(long[] indices) {
        long first = indices.length > 0 ? indices[0] : 0;
        long step = indices.length > 1 ? indices[1] - first : 1;
        Slicing.Progression progression = new Slicing.Progression(first, step, indices.length);
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] != progression.index(i) || step <= 0) {
                return Optional.empty();
            }
        }
        return Optional.of(progression);
    }

    private static Operand elements(OnnxNode node) {
        Operand x = node.input();
        Operand indices = node.input(1, "indices");
        Shape shape = x.type().shape();
        long axis = node.attributes().integer("axis", 0);
        long extent = shape.dim(Axes.normal(node, axis, shape.rank()));
        known(indices).ifPresent(table -> inside(node, table, extent));
        return node.apply(new GatherElements(axis), x, indices);
    }

    private static Scattering reduction(OnnxNode node) {
        if (node.opset() < REDUCED) {
            return Scattering.NONE;
        }
        List<String> words =
                node.opset() < 18 ? List.of("none", "add", "mul") : List.of("none", "add", "mul", "max", "min");
        return Scattering.valueOf(
                node.attributes().word("reduction", "none", words).toUpperCase(Locale.ROOT));
    }

    private static Operand scatterElements(OnnxNode node, Scattering reduction) {
        return scatter(node, new ScatterElements(node.attributes().integer("axis", 0), reduction));
    }

    private static Operand scatter(OnnxNode node, Op op) {
        return node.apply(op, node.input(0, "data"), node.input(1, "indices"), node.input(2, "updates"));
    }

    private static Operand parts(OnnxNode node) {
        long batchDims = node.opset() < 12 ? 0 : node.attributes().integer("batch_dims", 0);
        return node.apply(new GatherNd(batchDims), node.input(), node.input(1, "indices"));
    }
}
