package dev.sinter.ir.op;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for [MatMul] and [Gemm].
final class MatMulReference {
    /// A factor other than 1 is one rounding more, and another where it is a constant that was rounded itself.
    private static final int FACTOR_ROUNDINGS = 2;

    private MatMulReference() {}

    static void matMul(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        Arithmetic arithmetic = new Arithmetic(rounding, y.type().element());
        Shape a = withColumns(inputs.get(0).type().shape(), true);
        Shape b = withColumns(inputs.get(1).type().shape(), false);
        Matrix left = matrix(inputs.get(0), a);
        Matrix right = matrix(inputs.get(1), b);
        Shape batch = Shape.broadcast(leading(a), leading(b)).orElseThrow();
        StridedIndex leftNumber = StridedIndex.broadcast(leading(a), batch);
        StridedIndex rightNumber = StridedIndex.broadcast(leading(b), batch);
        long units = new MatrixProduct(left, right).units();
        Sweep.units(batch.elements() * units, number -> {
            long matrix = number / units;
            MatrixProduct product = new MatrixProduct(left.at(leftNumber.at(matrix)), right.at(rightNumber.at(matrix)));
            long start = matrix * left.rows() * right.columns();
            product.evaluate(number % units, (row, column, value, spread, magnitude) -> {
                Bounded sum = arithmetic.dotProduct(value, spread, magnitude, left.columns(), 0);
                y.set(start + (long) row * right.columns() + column, arithmetic.stored(sum));
            });
        });
    }

    /// A vector as a matrix: a row on the left, a column on the right.
    private static Shape withColumns(Shape shape, boolean left) {
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

    private static Shape leading(Shape shape) {
        return new Shape(shape.dims().subList(0, shape.rank() - 2));
    }

    static void gemm(Gemm op, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        Arithmetic arithmetic = new Arithmetic(rounding, y.type().element());
        Shape shape = y.type().shape();
        int rows = Math.toIntExact(shape.dim(0));
        int columns = Math.toIntExact(shape.dim(1));
        int terms = Math.toIntExact(inputs.get(0).type().shape().dim(op.transposeA() ? 0 : 1));
        int extra = (op.alpha() == 1 ? 0 : FACTOR_ROUNDINGS) + (op.beta() == 1 ? 0 : FACTOR_ROUNDINGS);
        double alpha = op.alpha();
        double beta = op.beta();
        MatrixProduct product = new MatrixProduct(
                new Matrix(inputs.get(0), 0, rows, terms, op.transposeA()),
                new Matrix(inputs.get(1), 0, terms, columns, op.transposeB()));
        boolean adds = inputs.size() == 3;
        StridedIndex place = StridedIndex.broadcast(adds ? inputs.get(2).type().shape() : Shape.of(), shape);
        Sweep.units(
                product.units(),
                unit -> product.evaluate(unit, (row, column, value, spread, magnitude) -> {
                    long i = (long) row * columns + column;
                    Bounded added = adds ? inputs.get(2).get(place.at(i)) : Bounded.exact(0);
                    Bounded sum = arithmetic.dotProduct(
                            alpha * value + beta * added.value(),
                            Math.abs(alpha) * spread + Math.abs(beta) * added.bound(),
                            Math.abs(alpha) * magnitude + Math.abs(beta) * added.magnitude(),
                            terms + (adds ? 1L : 0L),
                            extra);
                    y.set(i, arithmetic.stored(sum));
                }));
    }
}
