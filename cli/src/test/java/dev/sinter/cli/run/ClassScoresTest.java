package dev.sinter.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassScoresTest {
    private static Value output(long... dims) {
        return new Value("y", TensorType.float32(dims));
    }

    private static List<Integer> best(Tensor scores, int row, int count) {
        Value output = output(scores.shape().dim(0), scores.shape().dim(1));
        return ClassScores.of(List.of(output), scores.shape().dim(0)).orElseThrow().best(scores, row, count).stream()
                .map(ClassScores.Ranked::label)
                .toList();
    }

    @Test
    void a_row_per_sample_is_a_classification_with_or_without_further_dimensions() {
        assertTrue(ClassScores.of(List.of(output(4, 10)), 4).isPresent());
        assertTrue(ClassScores.of(List.of(output(4, 10, 1, 1)), 4).isPresent());
    }

    @Test
    void maps_of_classes_and_several_outputs_are_none() {
        assertFalse(ClassScores.of(List.of(output(1, 2, 64, 64)), 1).isPresent());
        assertFalse(ClassScores.of(List.of(output(1, 10), output(1, 10)), 1).isPresent());
        assertFalse(ClassScores.of(List.of(output(10)), 10).isPresent());
        assertFalse(ClassScores.of(List.of(output(3, 10)), 4).isPresent());
    }

    @Test
    void the_highest_score_is_best_in_each_row() {
        Tensor scores = Tensor.ofFloats(Shape.of(2, 3), 1, 3, 2, 9, 8, 7);
        assertEquals(List.of(1, 2), best(scores, 0, 2));
        assertEquals(List.of(0, 1), best(scores, 1, 2));
    }

    @Test
    void of_equal_scores_the_lower_class_comes_first_and_nan_last() {
        Tensor scores = Tensor.ofFloats(Shape.of(1, 4), Float.NaN, 5, 5, 1);
        assertEquals(List.of(1, 2, 3, 0), best(scores, 0, 4));
    }
}
