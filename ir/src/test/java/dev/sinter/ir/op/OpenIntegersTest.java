package dev.sinter.ir.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An integer that may be another, because the number that it was made of is not known better, makes open what is made
/// of it.
class OpenIntegersTest {
    private static final double ANY = Double.POSITIVE_INFINITY;

    /// The integers 1 ± 1, 2, 3 ± 2 and 4 in some shape.
    private static TensorView open(ElementType element, long... dims) {
        TensorView view = TensorView.allocate(TensorType.of(element, dims));
        double[] bounds = {1, 0, 2, 0};
        for (int i = 0; i < bounds.length; i++) {
            view.setInteger(i, i + 1, bounds[i]);
        }
        return view;
    }

    private static double[] bounds(Op op, TensorView... inputs) {
        TensorView y = Evaluation.of(op, Rounding.serial(), inputs);
        double[] bounds = new double[(int) y.type().shape().elements()];
        y.readBounds(0, bounds);
        return bounds;
    }

    private static double[] reduced(Reduce.Kind kind, ElementType element) {
        return bounds(new Reduce(kind, List.of(0L), false), open(element, 4));
    }

    @Test
    void sums_move_by_all_that_their_terms_do() {
        assertArrayEquals(new double[] {3}, reduced(Reduce.Kind.SUM, ElementType.INT32));
        assertArrayEquals(new double[] {1}, reduced(Reduce.Kind.MEAN, ElementType.INT32));
        assertArrayEquals(
                new double[] {1, 1, 3, 3}, bounds(new CumulativeSum(0, false, false), open(ElementType.INT64, 4)));
        assertArrayEquals(
                new double[] {0, 1, 1, 3}, bounds(new CumulativeSum(0, true, false), open(ElementType.INT64, 4)));
    }

    @Test
    void what_may_wrap_may_be_anything() {
        assertArrayEquals(new double[] {ANY}, reduced(Reduce.Kind.SUM, ElementType.UINT8));
        assertArrayEquals(new double[] {ANY}, reduced(Reduce.Kind.PROD, ElementType.INT32));
    }

    @Test
    void extremes_move_by_what_one_of_them_does() {
        assertArrayEquals(new double[] {2}, reduced(Reduce.Kind.MAX, ElementType.UINT8));
        assertArrayEquals(new double[] {2}, reduced(Reduce.Kind.MIN, ElementType.INT32));
        MaxPool pool = new MaxPool(Window.square(2, 2));
        assertArrayEquals(new double[] {2}, bounds(pool, open(ElementType.UINT8, 1, 1, 2, 2)));
    }

    @Test
    void the_place_of_the_largest_is_that_of_any_that_may_be() {
        ArgReduce place = new ArgReduce(ArgReduce.Kind.MAX, 0, false, false);
        assertArrayEquals(new double[] {1}, bounds(place, open(ElementType.INT32, 4)));
    }

    /// 1 ± 1 may be what 2 is, 3 ± 2 what all others are.
    @Test
    void the_place_of_the_second_largest_is_that_of_any_that_may_be() {
        TensorView places = new TopK(0, 2, true)
                .results(Rounding.serial(), List.of(open(ElementType.INT32, 4)))
                .get(1);
        assertArrayEquals(new long[] {3, 2}, places.rounded().toLongs());
        assertArrayEquals(new double[] {3, 2}, new double[] {places.bound(0), places.bound(1)});
    }

    @Test
    void what_is_moved_keeps_its_bound() {
        assertArrayEquals(new double[] {1, 0, 0, 0}, bounds(new Triangle(true, 0), open(ElementType.INT32, 2, 2)));
        assertArrayEquals(new double[] {1, 0}, bounds(new Diagonal(0, 1), open(ElementType.INT32, 2, 2)));
        assertArrayEquals(
                new double[] {1, 2, 0, 0}, bounds(new Transpose(List.of(1L, 0L)), open(ElementType.INT32, 2, 2)));
    }

    @Test
    void an_index_picks_any_element_that_it_may_mean() {
        TensorView x = TensorView.of(Tensor.ofFloats(Shape.of(6), 10, 20, 40, 70, 80, 85));
        assertArrayEquals(new double[] {20, 0, 50, 0}, bounds(new Gather(0), x, open(ElementType.INT64, 4)));
        assertArrayEquals(new double[] {20, 0, 50, 0}, bounds(new GatherElements(0), x, open(ElementType.INT64, 4)));
        assertArrayEquals(new double[] {ANY, 0, ANY, 0}, bounds(new GatherNd(0), x, open(ElementType.INT64, 4, 1)));
    }

    @Test
    void one_of_several_elements_may_be_on() {
        TensorView values = TensorView.of(Tensor.ofFloats(Shape.of(2), 0, 3));
        double[] found = bounds(new OneHot(1, 5), open(ElementType.INT64, 4), values);
        assertArrayEquals(new double[] {3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 0, 0, 0, 0, 0}, found);
    }

    @Test
    void an_element_may_go_to_several_places() {
        TensorView x = TensorView.of(Tensor.ofFloats(Shape.of(1, 1, 2, 2), 1, 2, 3, 4));
        Unpool unpool = new Unpool(List.of(1L, 1L, 2L, 4L));
        assertArrayEquals(
                new double[] {ANY, ANY, ANY, ANY, ANY, ANY, 0, 0},
                bounds(unpool, x, open(ElementType.INT64, 1, 1, 2, 2)));
    }
}
