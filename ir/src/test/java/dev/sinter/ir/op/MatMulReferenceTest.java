package dev.sinter.ir.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MatMulReferenceTest {
    private static final Tensor A = Tensor.ofFloats(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    private static final Tensor B = Tensor.ofFloats(Shape.of(3, 2), 1, 10, 2, 20, 3, 30);
    private static final double[] PRODUCT = {14, 140, 32, 320};

    @Test
    void multiplies_rows_by_columns() {
        assertArrayEquals(PRODUCT, Evaluation.values(new MatMul(), A, B));
    }

    @Test
    void vectors_are_a_row_on_the_left_and_a_column_on_the_right() {
        Tensor v = Tensor.ofFloats(Shape.of(3), 1, 2, 3);
        assertArrayEquals(new double[] {14, 140}, Evaluation.values(new MatMul(), v, B));
        assertArrayEquals(new double[] {14, 32}, Evaluation.values(new MatMul(), A, v));
        assertArrayEquals(new double[] {14}, Evaluation.values(new MatMul(), v, v));
    }

    @Test
    void leading_dimensions_broadcast() {
        Tensor a = Tensor.ofFloats(Shape.of(2, 1, 1, 2), 1, 2, 3, 4);
        Tensor b = Tensor.ofFloats(Shape.of(2, 2, 1), 1, 10, 100, 1000);
        // Result [2,2,1,1]: every a with every b.
        assertArrayEquals(new double[] {21, 2100, 43, 4300}, Evaluation.values(new MatMul(), a, b));
    }

    @Test
    void gemm_transposes_scales_and_adds() {
        Tensor at = Tensor.ofFloats(Shape.of(3, 2), 1, 4, 2, 5, 3, 6);
        Tensor bt = Tensor.ofFloats(Shape.of(2, 3), 1, 2, 3, 10, 20, 30);
        assertArrayEquals(PRODUCT, Evaluation.values(new Gemm(1, 1, false, false), A, B));
        assertArrayEquals(PRODUCT, Evaluation.values(new Gemm(1, 1, true, false), at, B));
        assertArrayEquals(PRODUCT, Evaluation.values(new Gemm(1, 1, false, true), A, bt));
        assertArrayEquals(PRODUCT, Evaluation.values(new Gemm(1, 1, true, true), at, bt));
        Tensor row = Tensor.ofFloats(Shape.of(2), 1000, 2000);
        Tensor column = Tensor.ofFloats(Shape.of(2, 1), 1000, 2000);
        assertArrayEquals(
                new double[] {507, 1070, 516, 1160}, Evaluation.values(new Gemm(0.5, 0.5, false, false), A, B, row));
        assertArrayEquals(
                new double[] {1014, 1140, 2032, 2320}, Evaluation.values(new Gemm(1, 1, false, false), A, B, column));
    }

    @Test
    void gemm_counts_a_rounding_per_term_and_one_per_product() {
        TensorView y = Evaluation.of(new Gemm(1, 1, false, false), A, B, Tensor.ofFloats(Shape.of(), 1.5f));
        double unit = Math.scalb(1.0, -24);
        assertEquals((3 + 1 + 1) * unit * (14 + 1.5), y.bound(0), 1e-6 * unit);
    }

    @Test
    void whole_numbers_are_not_rounded_up_to_2_to_the_24() {
        Tensor most = Tensor.ofFloats(Shape.of(1, 2), 0x1p12f, 1);
        Tensor column = Tensor.ofFloats(Shape.of(2, 1), 0x1p12f - 1, 0x1p12f);
        assertEquals(0, Evaluation.of(new MatMul(), most, column).bound(0));
        Tensor more = Tensor.ofFloats(Shape.of(2, 1), 0x1p12f - 1, 0x1p12f + 1);
        assertTrue(Evaluation.of(new MatMul(), most, more).bound(0) > 0);
    }

    @Property(tries = 30)
    void blocks_and_transposes_change_no_bit(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = 1 + random.nextInt(100);
        int terms = 1 + random.nextInt(600);
        int columns = 1 + random.nextInt(400);
        Tensor a = Evaluation.random(random, rows, terms);
        Tensor b = Evaluation.random(random, terms, columns);
        double[] expected = new double[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                for (int t = 0; t < terms; t++) {
                    expected[row * columns + column] +=
                            a.get((long) row * terms + t) * b.get((long) t * columns + column);
                }
            }
        }
        assertArrayEquals(expected, Evaluation.values(new MatMul(), a, b));
        Transpose transpose = new Transpose(List.of(1L, 0L));
        assertArrayEquals(
                expected,
                Evaluation.values(
                        new Gemm(1, 1, true, true),
                        Evaluation.of(transpose, a).rounded(),
                        Evaluation.of(transpose, b).rounded()));
    }
}
