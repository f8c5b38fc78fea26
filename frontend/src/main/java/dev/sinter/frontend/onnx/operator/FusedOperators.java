package dev.sinter.frontend.onnx.operator;

import static dev.sinter.ir.op.Binary.Kind.ADD;

import dev.sinter.frontend.onnx.file.Attributes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Operators of the domain `com.microsoft`, which ONNX Runtime writes into models that it has optimised. What they have
/// fused comes apart here, and is fused again as devices like it.
final class FusedOperators {
    static final String DOMAIN = "com.microsoft.";

    static final List<Row> ROWS = List.of(
            Row.of(DOMAIN + "FusedConv", FusedOperators::conv),
            Row.of(DOMAIN + "FusedGemm", node -> FusedActivation.named(node, Products.gemm(node))),
            Row.of(DOMAIN + "FusedMatMul", FusedOperators::matMul),
            Row.of(DOMAIN + "TransposeMatMul", FusedOperators::matMul),
            Row.of(DOMAIN + "FusedMatMulActivation", node -> FusedActivation.named(node, matMul(node))),
            Row.of(DOMAIN + "Gelu", node -> Activations.gelu(node, node.input(), true)),
            Row.of(DOMAIN + "BiasGelu", node -> Activations.gelu(node, biased(node), true)),
            Row.of(DOMAIN + "FastGelu", node -> Activations.gelu(node, biased(node), false)),
            Row.of(DOMAIN + "QuickGelu", FusedOperators::quickGelu),
            Row.of(DOMAIN + "BiasAdd", FusedOperators::biasAdd));

    private FusedOperators() {}

    /// The fourth operand is added before the activation.
    private static Operand conv(OnnxNode node) {
        Operand conv = Convolutions.conv(node);
        Optional<Operand> sum = node.optional(3);
        Operand x = sum.isPresent() ? node.apply(new Binary(ADD), conv, sum.get()) : conv;
        return FusedActivation.listed(node, x);
    }

    private static Operand matMul(OnnxNode node) {
        Attributes attributes = node.attributes();
        Operand a = transposed(
                node, node.input(0, "A"), attributes.flag("transBatchA", false), attributes.flag("transA", false));
        Operand b = transposed(
                node, node.input(1, "B"), attributes.flag("transBatchB", false), attributes.flag("transB", false));
        return Activations.times(node, node.apply(new MatMul(), a, b), attributes.number("alpha", 1));
    }

    /// @param batch the first dimension comes after the batches, before the last
    /// @param matrix and then the last two are exchanged
    private static Operand transposed(OnnxNode node, Operand x, boolean batch, boolean matrix) {
        Shape shape = x.type().shape();
        int rank = shape.rank();
        if (rank < 2 || !batch && !matrix) {
            return x;
        }
        List<Long> order = new ArrayList<>(LongStream.range(0, rank).boxed().toList());
        if (batch) {
            order.add(rank - 2, order.removeFirst());
        }
        if (matrix) {
            order.add(rank - 2, order.removeLast());
        }
        return node.apply(new Transpose(order), x);
    }

    private static Operand biased(OnnxNode node) {
        Operand x = node.input();
        return node.optional(1)
                .map(bias -> node.apply(new Binary(ADD), x, bias))
                .orElse(x);
    }

    private static Operand quickGelu(OnnxNode node) {
        return Activations.swish(
                node, node.input(), node.attributes().number("alpha", FusedActivation.QUICK_GELU_ALPHA));
    }

    private static Operand biasAdd(OnnxNode node) {
        return node.apply(new Binary(ADD), biased(node), node.input(2, "skip"));
    }
}
