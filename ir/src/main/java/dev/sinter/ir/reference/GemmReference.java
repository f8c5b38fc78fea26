package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for alpha · A · B + beta · C.
public record GemmReference(double alpha, double beta, boolean transposeA, boolean transposeB) {
    /// A factor other than 1 is one rounding more, and another where it is a constant that was rounded itself.
    private static final int FACTOR_ROUNDINGS = 2;

    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        if (!y.type().element().isFloating()) {
            IntegerProducts.gemm(this, inputs, outputs);
            return;
        }
        Arithmetic arithmetic = new Arithmetic(rounding, y.type().element()).of(inputs);
        Shape shape = y.type().shape();
        int rows = Math.toIntExact(shape.dim(0));
        int columns = Math.toIntExact(shape.dim(1));
        int terms = Math.toIntExact(inputs.get(0).type().shape().dim(transposeA ? 0 : 1));
        int extra = (alpha == 1 ? 0 : FACTOR_ROUNDINGS) + (beta == 1 ? 0 : FACTOR_ROUNDINGS);
        MatrixProduct product = new MatrixProduct(
                new Matrix(inputs.get(0), 0, rows, terms, transposeA),
                new Matrix(inputs.get(1), 0, terms, columns, transposeB));
        boolean adds = inputs.size() == 3;
        StridedIndex place = StridedIndex.broadcast(adds ? inputs.get(2).type().shape() : Shape.of(), shape);
        ParallelLoop.units(
                product.units(),
                unit -> product.evaluate(
                        unit, arithmetic.looksAtAddends(), (row, column, value, spread, magnitude, some) -> {
                            long i = (long) row * columns + column;
                            Bounded added = adds ? inputs.get(2).get(place.at(i)) : Bounded.exact(0);
                            Bounded sum = arithmetic.dotProduct(
                                    alpha * value + beta * added.value(),
                                    Math.abs(alpha) * spread + Math.abs(beta) * added.bound(),
                                    Math.abs(alpha) * magnitude + Math.abs(beta) * added.magnitude(),
                                    terms + (adds ? 1L : 0L),
                                    extra,
                                    some);
                            y.set(i, arithmetic.stored(sum));
                        }));
    }
}
