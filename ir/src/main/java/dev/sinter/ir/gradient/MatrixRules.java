package dev.sinter.ir.gradient;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// Matrix products: with Y = A · B, dA = dY · Bᵀ and dB = Aᵀ · dY (Giles, Collected matrix derivative results for
/// forward and reverse mode algorithmic differentiation, 2008).
final class MatrixRules {
    private MatrixRules() {}

    /// alpha goes along; dC = beta · dY, summed to C's shape. What was transposed comes out transposed.
    static Value gemm(Gemm gemm, Backward at, int operand) {
        Value a = at.input(0);
        Value b = at.input(1);
        Value dy = at.gradient();
        double alpha = gemm.alpha();
        return switch (operand) {
            case 0 ->
                gemm.transposeA()
                        ? at.apply(new Gemm(alpha, 1, gemm.transposeB(), true), b, dy)
                        : at.apply(new Gemm(alpha, 1, false, !gemm.transposeB()), dy, b);
            case 1 ->
                gemm.transposeB()
                        ? at.apply(new Gemm(alpha, 1, true, gemm.transposeA()), dy, a)
                        : at.apply(new Gemm(alpha, 1, !gemm.transposeA(), false), a, dy);
            default -> at.scaled(at.summedTo(dy, at.input(2).type().shape()), gemm.beta());
        };
    }

    /// A vector is a row on the left and a column on the right; leading dimensions that were stretched are summed.
    static Value matMul(Backward at, int operand) {
        Shape left = at.input(0).type().shape();
        Shape right = at.input(1).type().shape();
        Shape rows = left.rank() > 1 ? left : Shape.of(1, left.dim(0));
        Shape columns = right.rank() > 1 ? right : Shape.of(right.dim(0), 1);
        Value a = at.reshaped(at.input(0), rows);
        Value b = at.reshaped(at.input(1), columns);
        Value dy = at.reshaped(at.gradient(), product(rows, columns));
        Value whole = operand == 0
                ? at.apply(new MatMul(), dy, lastTransposed(at, b))
                : at.apply(new MatMul(), lastTransposed(at, a), dy);
        Value own = at.summedTo(whole, operand == 0 ? rows : columns);
        return at.reshaped(own, operand == 0 ? left : right);
    }

    private static Value lastTransposed(Backward at, Value matrix) {
        int rank = matrix.type().shape().rank();
        return at.transposed(matrix, rank - 2, rank - 1);
    }

    private static Shape product(Shape a, Shape b) {
        Shape batch = Shape.broadcast(leading(a), leading(b)).orElseThrow();
        List<Long> dims = new ArrayList<>(batch.dims());
        dims.add(a.dim(a.rank() - 2));
        dims.add(b.dim(b.rank() - 1));
        return new Shape(dims);
    }

    private static Shape leading(Shape shape) {
        return new Shape(shape.dims().subList(0, shape.rank() - 2));
    }
}
