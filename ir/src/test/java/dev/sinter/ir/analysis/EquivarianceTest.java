package dev.sinter.ir.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EquivarianceTest {
    private static final double NOTHING = 1e-6;
    private static final double SOMETHING = 0.01;

    private static List<Equivariance> measure(SmallNetwork network) {
        NetworkFacts facts = network.facts();
        return Equivariance.of(
                facts,
                NetworkRunner.oracle(),
                MovablePicture.endless(facts.picture().type(), 1),
                Map.of());
    }

    @Test
    void maps_of_a_convolution_move_along_exactly() {
        List<Equivariance> layers = measure(
                SmallNetwork.of(1, 2, 20, 20).conv(3, 3, 1, 0).then(Unary.RELU).conv(3, 3, 1, 0));
        for (Equivariance layer : layers) {
            assertTrue(layer.compared() > 0);
            assertEquals(0, layer.inside().orElseThrow(), NOTHING);
            assertTrue(layer.border().isEmpty(), "nothing is padded");
        }
    }

    @Test
    void maps_of_strided_layers_move_along_with_their_steps() {
        List<Equivariance> layers =
                measure(SmallNetwork.of(1, 1, 32, 32).conv(2, 3, 2, 0).then(new MaxPool(Window.square(2, 2))));
        assertEquals(List.of(2L, 4L), layers.stream().map(Equivariance::pixels).toList());
        layers.forEach(layer -> assertEquals(0, layer.inside().orElseThrow(), NOTHING));
    }

    @Test
    void a_move_that_the_stride_does_not_divide_is_not_followed() {
        Equivariance even =
                measure(SmallNetwork.of(1, 1, 32, 32).conv(2, 3, 2, 0)).getFirst();
        assertTrue(even.byOnePixel().orElseThrow() > SOMETHING, even::toString);
        Equivariance single =
                measure(SmallNetwork.of(1, 1, 32, 32).conv(2, 3, 1, 0)).getFirst();
        assertEquals(0, single.byOnePixel().orElseThrow(), NOTHING);
    }

    @Test
    void padding_does_not_move_along() {
        Equivariance layer =
                measure(SmallNetwork.of(1, 1, 16, 16).conv(2, 5, 1, 2)).getFirst();
        assertEquals(0, layer.inside().orElseThrow(), NOTHING);
        assertTrue(layer.border().orElseThrow() > SOMETHING, layer::toString);
    }

    @Test
    void a_map_that_was_scaled_up_moves_further_than_its_picture() {
        Equivariance layer =
                measure(SmallNetwork.of(1, 1, 16).convTranspose(2, 4, 2, 0)).getFirst();
        assertEquals(1, layer.pixels());
        assertEquals(2, layer.places());
        assertEquals(0, layer.inside().orElseThrow(), NOTHING);
    }

    @Test
    void nothing_is_compared_where_every_output_sees_beyond_the_picture() {
        Equivariance layer =
                measure(SmallNetwork.of(1, 1, 6, 6).conv(1, 7, 1, 3)).getFirst();
        assertEquals(0, layer.compared());
        assertTrue(layer.inside().isEmpty());
    }

    @Test
    void a_given_picture_is_moved_over_itself() {
        NetworkFacts facts = SmallNetwork.of(1, 1, 24, 24).conv(2, 3, 1, 0).facts();
        MovablePicture given = MovablePicture.given(RandomTensors.normal(TensorType.float32(1, 1, 24, 24), 0, 1, 3));
        Equivariance layer =
                Equivariance.of(facts, NetworkRunner.oracle(), given, Map.of()).getFirst();
        assertEquals(0, layer.inside().orElseThrow(), NOTHING);
    }

    @Test
    void a_network_that_sees_everything_at_once_has_no_maps() {
        assertEquals(List.of(), measure(SmallNetwork.of(1, 1, 8, 8).then(new Flatten(1))));
    }
}
