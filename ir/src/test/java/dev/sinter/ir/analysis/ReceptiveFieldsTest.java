package dev.sinter.ir.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ReceptiveFieldsTest {
    private static final long EXTENT = 24;

    private static AxisField last(NetworkFacts facts) {
        ReceptiveField field = facts.fields().of(facts.graph().outputs().getFirst());
        return field.local().orElseThrow().axes().getLast();
    }

    @Test
    void a_window_adds_its_size_less_one_times_the_step() {
        NetworkFacts facts = SmallNetwork.of(1, 1, 32, 32)
                .conv(2, 5, 2, 0)
                .conv(2, 3, 2, 0)
                .conv(2, 3, 1, 0)
                .facts();
        List<Long> sizes = facts.layers().stream()
                .map(layer ->
                        layer.field().local().orElseThrow().axes().getFirst().size())
                .toList();
        assertEquals(List.of(5L, 5 + 2 * 2L, 5 + 2 * 2 + 2 * 4L), sizes);
        assertEquals(4, last(facts).step());
    }

    @Test
    void dilation_widens_what_a_window_sees() {
        assertEquals(
                9,
                last(SmallNetwork.of(1, 1, 32, 32).conv(1, 3, 1, 0, 4, 1).facts())
                        .size());
    }

    @Test
    void a_transposed_convolution_halves_the_step() {
        AxisField field = last(SmallNetwork.of(1, 1, 32)
                .conv(1, 2, 2, 0)
                .convTranspose(1, 2, 2, 0)
                .facts());
        assertEquals(2, field.size());
        assertEquals(1, field.step());
        assertEquals(List.of(0L, 0L, 2L), List.of(field.low(0), field.low(1), field.low(2)));
    }

    /// Changes one pixel after the other and looks which outputs change.
    @Property(tries = 60)
    void an_output_changes_with_the_pixels_that_it_is_said_to_see(
            @ForAll @LongRange(min = 1, max = 4) long kernel,
            @ForAll @LongRange(min = 1, max = 3) long stride,
            @ForAll @LongRange(min = 0, max = 2) long pad,
            @ForAll @LongRange(min = 1, max = 2) long dilation,
            @ForAll @LongRange(min = 1, max = 4) long up,
            @ForAll @LongRange(min = 1, max = 2) long upStride) {
        NetworkFacts facts = SmallNetwork.of(1, 1, EXTENT)
                .conv(1, kernel, stride, pad, dilation, 1)
                .convTranspose(1, Math.max(up, upStride), upStride, 0)
                .conv(1, 3, 1, 1)
                .facts();
        AxisField field = last(facts);
        float[] still = run(facts.graph(), -1);
        for (int place = 0; place < still.length; place++) {
            long first = Long.MAX_VALUE;
            long end = Long.MIN_VALUE;
            for (int pixel = 0; pixel < EXTENT; pixel++) {
                if (run(facts.graph(), pixel)[place] != still[place]) {
                    first = Math.min(first, pixel);
                    end = Math.max(end, pixel);
                }
            }
            // Beyond the edges there are no pixels, and past the last window none that is read.
            boolean inside = field.low(place) >= 0 && field.high(place) < EXTENT;
            if (inside && place > 0 && place < still.length - 1) {
                assertEquals(field.low(place), first, "place " + place);
                assertEquals(field.high(place), end, "place " + place);
            }
        }
    }

    private static float[] run(Graph graph, int changed) {
        Tensor picture = Tensor.filled(TensorType.float32(1, 1, EXTENT), 1);
        if (changed >= 0) {
            picture.set(changed, 2);
        }
        return Interpreter.run(graph, Map.of("picture", picture))
                .values()
                .iterator()
                .next()
                .toFloats();
    }

    @Test
    void branches_that_meet_see_the_larger_of_both() {
        Graph.Builder graph = Graph.builder("residual");
        Value x = graph.input("x", TensorType.float32(1, 1, 8, 8));
        Value three = graph.constant("three", Tensor.filled(TensorType.float32(1, 1, 3, 3), 1));
        Value one = graph.constant("one", Tensor.filled(TensorType.float32(1, 1, 1, 1), 1));
        Value wide = graph.add("wide", Conv.of(1, 1), x, three);
        Value narrow = graph.add("narrow", Conv.of(1, 0), x, one);
        graph.output(graph.add("sum", Binary.ADD, narrow, wide));
        assertEquals(3, last(NetworkFacts.of(graph.build())).size());
    }

    @Test
    void shuffled_channels_leave_places_where_they_are() {
        NetworkFacts facts = SmallNetwork.of(1, 4, 8, 8)
                .conv(4, 3, 1, 1)
                .then(new Reshape(List.of(1L, 2L, 2L, 8L, 8L)))
                .then(new Transpose(List.of(0L, 2L, 1L, 3L, 4L)))
                .then(new Reshape(List.of(1L, 4L, 8L, 8L)))
                .facts();
        assertEquals(3, last(facts).size());
    }

    @Test
    void turned_pictures_and_softmax_over_places_are_not_local() {
        Graph turned = SmallNetwork.of(1, 1, 8, 8)
                .then(new Transpose(List.of(0L, 1L, 3L, 2L)))
                .build();
        Graph spread = SmallNetwork.of(1, 1, 8, 8).then(new Softmax(3)).build();
        for (Graph graph : List.of(turned, spread)) {
            NetworkFacts facts = NetworkFacts.of(graph);
            assertInstanceOf(
                    ReceptiveField.Whole.class,
                    facts.fields().of(graph.outputs().getFirst()));
        }
    }

    @Test
    void a_pad_node_counts_as_padding() {
        NetworkFacts facts = SmallNetwork.of(1, 1, 8, 8)
                .then(new Pad(List.of(0L, 0L, 1L, 1L, 0L, 0L, 1L, 1L), Pad.Mode.CONSTANT, 0))
                .conv(1, 3, 1, 0)
                .facts();
        ReceptiveField.Local field = facts.layers().getFirst().field().local().orElseThrow();
        assertEquals(
                1 - 36 / 64.0,
                field.paddedShare(
                        facts.layers().getFirst().output(),
                        facts.picture().type().shape()),
                1e-12);
    }

    @Test
    void what_is_flattened_sees_everything() {
        Graph graph = SmallNetwork.of(1, 1, 8, 8)
                .then(new MaxPool(Window.square(2, 2)))
                .then(new Flatten(1))
                .build();
        assertInstanceOf(
                ReceptiveField.Whole.class,
                NetworkFacts.of(graph).fields().of(graph.outputs().getFirst()));
    }
}
