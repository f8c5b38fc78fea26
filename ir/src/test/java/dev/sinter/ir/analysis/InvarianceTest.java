package dev.sinter.ir.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InvarianceTest {
    private static final Reduce GLOBAL_MEAN = new Reduce(Reduce.Kind.MEAN, List.of(2L, 3L), true);

    private static Invariance measure(NetworkFacts facts, PoolingVariant variant) {
        return Invariance.of(
                facts,
                Invariance.answer(facts).orElseThrow(),
                variant,
                1,
                NetworkRunner.oracle(),
                MovablePicture.object(facts.picture().type(), 1),
                Map.of());
    }

    @Test
    void a_global_mean_of_an_object_that_stays_inside_does_not_change() {
        NetworkFacts facts =
                SmallNetwork.of(1, 1, 40, 40).conv(3, 3, 1, 1).then(GLOBAL_MEAN).facts();
        Invariance measured = measure(facts, PoolingVariant.AS_IT_IS);
        assertEquals(2 * 2 * Invariance.FARTHEST, measured.changes().size());
        assertEquals(0, measured.relative(3), 1e-5);
        assertEquals(measured.changes().size(), measured.movesThatKeepTheLargest());
    }

    @Test
    void a_flattened_map_changes_with_every_move() {
        NetworkFacts facts = SmallNetwork.of(1, 1, 24, 24)
                .conv(2, 3, 1, 1)
                .then(new Flatten(1))
                .facts();
        assertTrue(measure(facts, PoolingVariant.AS_IT_IS).relative(1) > 0.01);
    }

    @Test
    void along_a_line_there_are_two_directions() {
        NetworkFacts facts =
                SmallNetwork.of(1, 1, 24).conv(2, 3, 1, 1).then(new Flatten(1)).facts();
        assertEquals(
                2 * Invariance.FARTHEST,
                measure(facts, PoolingVariant.AS_IT_IS).changes().size());
    }

    @Test
    void a_map_for_an_answer_is_not_measured() {
        assertTrue(Invariance.answer(SmallNetwork.of(1, 1, 8, 8)
                        .conv(2, 3, 1, 1)
                        .then(new Softmax(1))
                        .facts())
                .isEmpty());
    }

    @Test
    void scores_are_looked_at_and_not_their_softmax() {
        NetworkFacts facts = SmallNetwork.of(1, 1, 8, 8)
                .conv(2, 3, 1, 1)
                .then(new Flatten(1))
                .then(new Softmax(1))
                .facts();
        assertEquals("layer1", Invariance.answer(facts).orElseThrow().name());
    }

    @ParameterizedTest
    @EnumSource(PoolingVariant.class)
    void what_stands_in_for_a_pooling_has_its_shape_even_where_it_rounds_up(PoolingVariant variant) {
        Window up = new Window(List.of(3L, 2L), List.of(2L, 2L), List.of(1L, 0L, 0L, 0L), List.of(1L, 1L), true);
        Graph graph = SmallNetwork.of(1, 3, 9, 9)
                .then(new MaxPool(up))
                .then(new AveragePool(Window.square(2, 1), true))
                .build();
        Graph other = variant.of(graph, 1);
        for (int i = 0; i < graph.nodes().size(); i++) {
            assertEquals(
                    graph.nodes().get(i).output().type(),
                    other.nodes().get(i).output().type());
        }
    }

    @Test
    void subsampling_takes_one_element_of_each_window() {
        Graph graph = SmallNetwork.of(1, 1, 4, 4)
                .then(new MaxPool(Window.square(2, 2)))
                .build();
        float[] taken = run(PoolingVariant.SUBSAMPLED.of(graph, 1), counting());
        assertEquals(List.of(0f, 2f, 8f, 10f), List.of(taken[0], taken[1], taken[2], taken[3]));
    }

    @Test
    void the_weights_of_a_strided_convolution_add_up_to_one() {
        Graph graph = SmallNetwork.of(1, 1, 4, 4)
                .then(new MaxPool(Window.square(2, 2)))
                .build();
        Tensor ones = Tensor.filled(TensorType.float32(1, 1, 4, 4), 1);
        for (float mean : run(PoolingVariant.STRIDED_CONVOLUTION.of(graph, 1), ones)) {
            assertEquals(1, mean, 1e-6);
        }
    }

    private static Tensor counting() {
        Tensor tensor = Tensor.allocate(TensorType.float32(1, 1, 4, 4));
        for (int i = 0; i < 16; i++) {
            tensor.set(i, i);
        }
        return tensor;
    }

    private static float[] run(Graph graph, Tensor picture) {
        return Interpreter.run(graph, Map.of("picture", picture))
                .values()
                .iterator()
                .next()
                .toFloats();
    }
}
