package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.Attributes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Matrix products.
final class Products {
    static final List<Row> ROWS = List.of(
            Row.of("MatMul", node -> node.apply(new MatMul(), node.input(0, "A"), node.input(1, "B"))),
            Row.of("Gemm", Products::gemm));

    private Products() {}

    static Operand gemm(OnnxNode node) {
        Attributes attributes = node.attributes();
        Gemm gemm = new Gemm(
                attributes.number("alpha", 1),
                attributes.number("beta", 1),
                attributes.flag("transA", false),
                attributes.flag("transB", false));
        List<Operand> operands = new ArrayList<>(List.of(node.input(0, "A"), node.input(1, "B")));
        Optional<Operand> c = node.opset() < 11 ? Optional.of(node.input(2, "C")) : node.optional(2);
        c.ifPresent(operands::add);
        Operand product = node.apply(gemm, operands);
        if (node.opset() < 7 && !attributes.flag("broadcast", false)) {
            Shape shape = node.input(2, "C").type().shape();
            if (!shape.equals(product.type().shape())) {
                throw node.fault(
                        Code.SHAPE_BROADCAST,
                        "C has shape " + shape + " but the product has "
                                + product.type().shape() + " and broadcast is not set",
                        "before opset 7, operands are stretched only on demand");
            }
        }
        return product;
    }
}
