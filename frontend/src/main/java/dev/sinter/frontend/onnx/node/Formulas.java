package dev.sinter.frontend.onnx.node;

import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Arithmetic on the operands of one node, all of one element type: for operators that become many.
public record Formulas(OnnxNode node, ElementType element) {
    public Operand apply(Op op, Operand... operands) {
        return node.apply(op, operands);
    }

    public Operand number(double value) {
        return node.constant(Tensor.filled(TensorType.of(element), value));
    }

    public Operand zeros(long... dims) {
        return node.constant(node.allocate(TensorType.of(element, dims)));
    }

    public Operand plus(Operand a, Operand b) {
        return apply(new Binary(Binary.Kind.ADD), a, b);
    }

    public Operand minus(Operand a, Operand b) {
        return apply(new Binary(Binary.Kind.SUB), a, b);
    }

    public Operand times(Operand a, Operand b) {
        return apply(new Binary(Binary.Kind.MUL), a, b);
    }

    public Operand times(Operand a, double factor) {
        return factor == 1 ? a : times(a, number(factor));
    }

    public Operand unary(Unary.Kind kind, Operand x) {
        return apply(new Unary(kind), x);
    }

    public Operand clip(Operand x, double min, double max) {
        return apply(new Clip(min, max), x);
    }

    public Operand product(Operand a, Operand b) {
        return apply(new MatMul(), a, b);
    }

    public Operand reshaped(Operand x, long... dims) {
        Shape shape = Shape.of(dims);
        return x.type().shape().equals(shape) ? x : apply(new Reshape(shape.dims()), x);
    }

    public Operand transposed(Operand x, Long... permutation) {
        return apply(new Transpose(List.of(permutation)), x);
    }

    /// Elements `begin` to `end - 1` along an axis.
    public Operand part(Operand x, int axis, long begin, long end) {
        Shape shape = x.type().shape();
        if (begin == 0 && end == shape.dim(axis)) {
            return x;
        }
        List<Long> pads = new ArrayList<>(Collections.nCopies(2 * shape.rank(), 0L));
        pads.set(axis, -begin);
        pads.set(axis + shape.rank(), end - shape.dim(axis));
        return apply(new Pad(pads, Pad.Mode.CONSTANT, 0), x);
    }

    public Operand joined(int axis, List<Operand> parts) {
        return parts.size() == 1 ? parts.getFirst() : node.apply(new Concat(axis), parts);
    }
}
