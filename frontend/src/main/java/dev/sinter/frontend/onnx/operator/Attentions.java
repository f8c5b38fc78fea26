package dev.sinter.frontend.onnx.operator;

import static dev.sinter.ir.op.Binary.Kind.ADD;
import static dev.sinter.ir.op.Binary.Kind.DIV;
import static dev.sinter.ir.op.Binary.Kind.MUL;

import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Compare;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.op.Where;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Attention: softmax(Q · Kᵀ · scale + bias) · V, head by head, composed of matrix products and arithmetic.
final class Attentions {
    static final List<Row> ROWS = List.of(Row.many("Attention", 23, 4, Attentions::attention));

    private static final int SCORES = 3;

    private Attentions() {}

    /// The three operands with a dimension for heads, and how many rows of K and V came before.
    ///
    /// @param flat whether heads lay side by side in the last dimension
    private record Heads(Operand q, Operand k, Operand v, long past, boolean flat) {
        Shape query() {
            return q.type().shape();
        }

        long keys() {
            return k.type().shape().dim(2);
        }

        /// The shape of scores: batch, heads, queries, keys.
        List<Long> scores() {
            return List.of(query().dim(0), query().dim(1), query().dim(2), keys());
        }
    }

    private static List<Operand> attention(OnnxNode node) {
        // It names the type to compute in, which here is always f32.
        node.attributes().ignore("softmax_precision");
        Heads heads = heads(node);
        double scale =
                node.attributes().number("scale", 1 / Math.sqrt(heads.query().dim(3)));
        Operand raw = scores(node, heads, scale);
        Operand capped = capped(node, raw);
        Operand biased = capped;
        for (Operand bias : biases(node, heads)) {
            biased = node.apply(ADD, biased, bias);
        }
        if (!biased.type().shape().dims().equals(heads.scores())) {
            throw node.fault(
                    Code.SHAPE_BROADCAST,
                    "masks make scores of shape " + biased.type().shape() + " of " + heads.scores(),
                    "a mask stretches to batch, heads, queries and keys");
        }
        Operand shares = node.apply(new Softmax(3), biased);
        List<Operand> outputs =
                new ArrayList<>(List.of(result(node, heads, shares), node.same(heads.k()), node.same(heads.v())));
        if (node.wants(SCORES)) {
            outputs.add(node.same(
                    switch ((int) node.attributes().integer("qk_matmul_output_mode", 0)) {
                        case 0 -> raw;
                        case 1 -> capped;
                        case 2 -> biased;
                        case 3 -> shares;
                        default -> throw node.attributeFault("qk_matmul_output_mode must be from 0 to 3");
                    }));
        } else {
            node.attributes().ignore("qk_matmul_output_mode");
        }
        return outputs;
    }

    private static Heads heads(OnnxNode node) {
        boolean flat = node.input(0, "Q").type().shape().rank() == 3;
        long queries = headCount(node, "q_num_heads", flat);
        long keys = headCount(node, "kv_num_heads", flat);
        Operand q = apart(node, node.input(0, "Q"), queries, flat);
        Operand newKeys = apart(node, node.input(1, "K"), keys, flat);
        Operand k = after(node, 4, newKeys);
        Operand v = after(node, 5, apart(node, node.input(2, "V"), keys, flat));
        Heads heads = new Heads(
                q, k, v, k.type().shape().dim(2) - newKeys.type().shape().dim(2), flat);
        Shape key = k.type().shape();
        Shape value = v.type().shape();
        boolean fits = key.dim(0) == heads.query().dim(0)
                && value.dim(0) == key.dim(0)
                && value.dim(1) == key.dim(1)
                && value.dim(2) == key.dim(2)
                && key.dim(3) == heads.query().dim(3)
                && key.dim(1) > 0
                && heads.query().dim(1) % key.dim(1) == 0;
        if (!fits) {
            throw node.fault(
                    Code.SHAPE_MISMATCH,
                    "Q " + heads.query() + ", K " + key + " and V " + value
                            + " (batch, heads, rows, columns) do not go together",
                    "the heads of Q are a multiple of those of K and V");
        }
        return heads;
    }

    /// Only where heads stand side by side it matters how many there are.
    private static long headCount(OnnxNode node, String name, boolean flat) {
        if (flat) {
            return node.attributes().requiredInteger(name);
        }
        node.attributes().ignore(name);
        return 1;
    }

    /// Batch, heads, rows, columns.
    private static Operand apart(OnnxNode node, Operand x, long heads, boolean flat) {
        Shape shape = x.type().shape();
        if (shape.rank() != (flat ? 3 : 4)) {
            throw node.fault(Code.SHAPE_RANK, "has an operand of shape " + shape + " beside one of other rank", null);
        }
        if (!flat) {
            return x;
        }
        if (heads < 1 || shape.dim(2) % heads != 0) {
            throw node.attributeFault(heads + " heads do not divide the last dimension of " + shape);
        }
        Operand apart = node.apply(new Reshape(List.of(shape.dim(0), shape.dim(1), heads, shape.dim(2) / heads)), x);
        return node.apply(new Transpose(List.of(0L, 2L, 1L, 3L)), apart);
    }

    private static Operand after(OnnxNode node, int past, Operand x) {
        return node.optional(past)
                .map(before -> node.apply(new Concat(2), before, x))
                .orElse(x);
    }

    /// Rows of all heads of Q that share one of K are one matrix.
    private static Operand byKeyHeads(OnnxNode node, Operand x, Heads heads) {
        Shape shape = x.type().shape();
        long shared = heads.k().type().shape().dim(1);
        List<Long> dims = List.of(shape.dim(0), shared, shape.dim(1) / shared * shape.dim(2), shape.dim(3));
        return shape.dims().equals(dims) ? x : node.apply(new Reshape(dims), x);
    }

    private static Operand scores(OnnxNode node, Heads heads, double scale) {
        Operand scaled = scale == 1 ? heads.q() : node.apply(MUL, heads.q(), node.scalar(scale));
        Operand transposed = node.apply(new Transpose(List.of(0L, 1L, 3L, 2L)), heads.k());
        Operand products = node.apply(new MatMul(), byKeyHeads(node, scaled, heads), transposed);
        return products.type().shape().dims().equals(heads.scores())
                ? products
                : node.apply(new Reshape(heads.scores()), products);
    }

    private static Operand capped(OnnxNode node, Operand scores) {
        double cap = node.attributes().number("softcap", 0);
        if (cap <= 0) {
            return scores;
        }
        Operand within = node.apply(new Unary(Unary.Kind.TANH), node.apply(DIV, scores, node.scalar(cap)));
        return node.apply(MUL, within, node.scalar(cap));
    }

    /// What is added to scores: 0 or -infinity, and what the model adds itself.
    private static List<Operand> biases(OnnxNode node, Heads heads) {
        List<Operand> biases = new ArrayList<>();
        node.optional(3).ifPresent(mask -> biases.add(mask(node, mask, heads.keys())));
        Optional<Operand> filled = node.opset() >= 24 ? node.optional(6) : Optional.empty();
        boolean causal = node.attributes().flag("is_causal", false);
        filled.ifPresent(
                count -> biases.add(beyond(node, filledBy(node, count, heads), keyNumbers(node, heads.keys()))));
        if (!causal) {
            return biases;
        }
        if (filled.isPresent() && node.optional(4).isEmpty()) {
            // The last query is the last of the keys that there are.
            biases.add(beyond(
                    node,
                    filledBy(node, filled.get(), heads),
                    ahead(node, heads, heads.query().dim(2) - 1)));
        } else {
            Operand past = node.constant(Tensor.ofLongs(Shape.of(), heads.past() + 1));
            biases.add(beyond(node, past, ahead(node, heads, 0)));
        }
        return biases;
    }

    /// A mask of truth values forbids where it is false. Keys that a mask does not reach are forbidden.
    private static Operand mask(OnnxNode node, Operand mask, long keys) {
        Shape shape = mask.type().shape();
        boolean isTruth = mask.type().element() == ElementType.BOOL;
        Operand whole = mask;
        long missing = shape.rank() == 0 ? 0 : keys - shape.dim(shape.rank() - 1);
        if (missing > 0 && shape.dim(shape.rank() - 1) != 1) {
            List<Long> pads = new ArrayList<>(Collections.nCopies(2 * shape.rank(), 0L));
            pads.set(2 * shape.rank() - 1, missing);
            double outside = isTruth ? 0 : Double.NEGATIVE_INFINITY;
            whole = node.apply(new Pad(pads, Pad.Mode.CONSTANT, outside), mask);
        }
        return isTruth ? chosen(node, whole) : whole;
    }

    /// 0 where allowed, else -infinity.
    private static Operand chosen(OnnxNode node, Operand allowed) {
        return node.apply(new Where(), allowed, node.scalar(0), node.scalar(Double.NEGATIVE_INFINITY));
    }

    /// -infinity where a number is not below a limit.
    private static Operand beyond(OnnxNode node, Operand limit, Operand numbers) {
        return chosen(node, node.apply(new Compare(Compare.Kind.LESS), numbers, limit));
    }

    /// For each image how many keys count.
    private static Operand filledBy(OnnxNode node, Operand count, Heads heads) {
        return node.apply(new Reshape(List.of(heads.query().dim(0), 1L, 1L, 1L)), count);
    }

    private static Operand keyNumbers(OnnxNode node, long keys) {
        return node.constant(numbers(1, keys, 0, 0));
    }

    /// For each query and key by how much the key comes later, plus an offset.
    private static Operand ahead(OnnxNode node, Heads heads, long offset) {
        return node.constant(numbers(heads.query().dim(2), heads.keys(), 1, offset));
    }

    private static Tensor numbers(long rows, long columns, long slope, long offset) {
        long[] numbers = new long[Math.toIntExact(rows * columns)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i % columns - slope * (i / columns) + offset;
        }
        return Tensor.ofLongs(Shape.of(rows, columns), numbers);
    }

    private static Operand result(OnnxNode node, Heads heads, Operand shares) {
        Operand products = node.apply(new MatMul(), byKeyHeads(node, shares, heads), heads.v());
        Shape query = heads.query();
        long columns = heads.v().type().shape().dim(3);
        Operand y = node.apply(new Reshape(List.of(query.dim(0), query.dim(1), query.dim(2), columns)), products);
        if (!heads.flat()) {
            return y;
        }
        Operand rows = node.apply(new Transpose(List.of(0L, 2L, 1L, 3L)), y);
        return node.apply(new Reshape(List.of(query.dim(0), query.dim(2), query.dim(1) * columns)), rows);
    }
}
