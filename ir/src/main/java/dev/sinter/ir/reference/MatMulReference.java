package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for products of matrices, with leading dimensions that broadcast.
public final class MatMulReference {
    private MatMulReference() {}

    public static void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        if (!y.type().element().isFloating()) {
            IntegerProducts.matMul(inputs, outputs);
            return;
        }
        Arithmetic arithmetic = new Arithmetic(rounding, y.type().element()).of(inputs);
        Shape a = withColumns(inputs.get(0).type().shape(), true);
        Shape b = withColumns(inputs.get(1).type().shape(), false);
        Matrix left = matrix(inputs.get(0), a);
        Matrix right = matrix(inputs.get(1), b);
        Shape batch = Shape.broadcast(leading(a), leading(b)).orElseThrow();
        StridedIndex leftNumber = StridedIndex.broadcast(leading(a), batch);
        StridedIndex rightNumber = StridedIndex.broadcast(leading(b), batch);
        long units = new MatrixProduct(left, right).units();
        ParallelLoop.units(batch.elements() * units, number -> {
            long matrix = number / units;
            MatrixProduct product = new MatrixProduct(left.at(leftNumber.at(matrix)), right.at(rightNumber.at(matrix)));
            long start = matrix * left.rows() * right.columns();
            product.evaluate(
                    number % units, arithmetic.looksAtAddends(), (row, column, value, spread, magnitude, some) -> {
                        Bounded sum = arithmetic.dotProduct(value, spread, magnitude, left.columns(), 0, some);
                        y.set(start + (long) row * right.columns() + column, arithmetic.stored(sum));
                    });
        });
    }

    /// A vector as a matrix: a row on the left, a column on the right.
    static Shape withColumns(Shape shape, boolean left) {
        if (shape.rank() > 1) {
            return shape;
        }
        return left ? Shape.of(1, shape.dim(0)) : Shape.of(shape.dim(0), 1);
    }

    private static Matrix matrix(TensorView view, Shape shape) {
        return new Matrix(
                view,
                0,
                Math.toIntExact(shape.dim(shape.rank() - 2)),
                Math.toIntExact(shape.dim(shape.rank() - 1)),
                false);
    }

    static Shape leading(Shape shape) {
        return new Shape(shape.dims().subList(0, shape.rank() - 2));
    }
}
