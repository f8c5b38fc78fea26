package dev.sinter.ir.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.type.Window;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerFactsTest {
    private static LayerFacts first(SmallNetwork network) {
        return network.facts().layers().getFirst();
    }

    private static Extent firstExtent(SmallNetwork network) {
        return first(network).extents().getFirst();
    }

    @Test
    void a_fully_connected_layer_between_two_pictures_of_imagenet_has_over_22_billion_weights() {
        LayerFacts same = first(SmallNetwork.of(1, 3, 224, 224).conv(3, 3, 1, 1));
        assertEquals(new BigInteger("22658678784"), same.fullyConnectedWeights());
        LayerFacts wider = first(SmallNetwork.of(1, 3, 224, 224).conv(64, 3, 1, 1));
        assertEquals(new BigInteger("483385147392"), wider.fullyConnectedWeights());
        assertEquals(3 * 3 * 3 * 64, wider.weights());
    }

    @Test
    void a_batch_changes_nothing_that_is_told_of_one_picture() {
        LayerFacts one = first(SmallNetwork.of(1, 3, 16, 16).conv(4, 3, 1, 1));
        LayerFacts four = first(SmallNetwork.of(4, 3, 16, 16).conv(4, 3, 1, 1));
        assertEquals(one.fullyConnectedWeights(), four.fullyConnectedWeights());
        assertEquals(one.uses(), four.uses());
        assertEquals(one.share(), four.share());
    }

    @Test
    void a_depthwise_filter_reads_one_channel() {
        LayerFacts layer = first(SmallNetwork.of(1, 8, 16, 16).conv(8, 3, 1, 1, 1, 8));
        assertEquals(9, layer.connections());
        assertEquals(8 * 9, layer.weights());
        assertEquals(9.0 / (8 * 16 * 16), layer.share());
    }

    @Test
    void a_weight_serves_every_place_of_the_output() {
        assertEquals(
                14 * 14, first(SmallNetwork.of(1, 1, 16, 16).conv(1, 3, 1, 0)).uses());
        assertEquals(
                14 * 14 * 14,
                first(SmallNetwork.of(1, 1, 16, 16, 16).conv(1, 3, 1, 0)).uses());
    }

    @Test
    void an_output_of_a_transposed_convolution_reads_what_was_spread_over_it() {
        LayerFacts layer = first(SmallNetwork.of(1, 3, 8, 8).convTranspose(5, 4, 2, 1));
        assertEquals(3 * 2 * 2, layer.connections());
        assertEquals(16, layer.output().dim(2));
        assertTrue(layer.extents().getFirst().transposed());
    }

    @Test
    void a_last_row_that_no_window_reaches_is_unread() {
        Extent extent = firstExtent(SmallNetwork.of(1, 1, 224, 224).conv(1, 3, 2, 0));
        assertEquals(111, extent.output());
        assertEquals(1, extent.leftOver());
        assertEquals(1, extent.unread());
    }

    @Test
    void a_row_of_padding_that_is_left_over_loses_no_pixel() {
        Extent extent = firstExtent(SmallNetwork.of(1, 1, 224, 224).conv(1, 7, 2, 3));
        assertEquals(112, extent.output());
        assertEquals(1, extent.leftOver());
        assertEquals(0, extent.unread());
    }

    @Test
    void a_stride_wider_than_the_window_skips_pixels_in_between() {
        assertEquals(
                28, firstExtent(SmallNetwork.of(1, 1, 56, 56).conv(1, 1, 2, 0)).unread());
    }

    @Test
    void a_pooling_that_rounds_up_reads_the_last_row() {
        Window window = new Window(List.of(2L, 2L), List.of(2L, 2L), List.of(0L, 0L, 0L, 0L), List.of(1L, 1L), true);
        Extent extent = firstExtent(SmallNetwork.of(1, 1, 7, 7).then(new MaxPool(window)));
        assertEquals(4, extent.output());
        assertEquals(0, extent.unread());
    }

    @Test
    void a_network_without_a_picture_is_refused_with_its_inputs() {
        Graph graph = SmallNetwork.of(1, 784).then(new Flatten(1)).build();
        CompileException fault = assertThrows(CompileException.class, () -> NetworkFacts.of(graph));
        assertEquals(Code.INPUT_SHAPE, fault.code());
        assertTrue(fault.fact().contains("picture f32[1,784]"), fault::getMessage);
    }
}
