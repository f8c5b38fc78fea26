package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.OnnxBuilder.ints;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static dev.sinter.frontend.onnx.OnnxBuilder.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.frontend.onnx.node.AutoPad;
import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.type.Shape;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
class AutoPadTest {
    @ParameterizedTest
    @CsvSource({
        // extent, span, stride, begin, end
        "5, 3, 1, 1, 1",
        "5, 2, 1, 0, 1",
        "5, 3, 2, 1, 1",
        "6, 3, 2, 0, 1",
        "7, 3, 3, 1, 1",
        "8, 1, 2, 0, 0",
        "4, 7, 4, 1, 2",
    })
    void same_divides_the_extent_by_the_stride(long extent, long span, long stride, long begin, long end) {
        Shape input = Shape.of(1, 1, extent);
        assertEquals(
                List.of(begin, end), AutoPad.SAME_UPPER.pads(input, List.of(span), List.of(stride), List.of(9L, 9L)));
        assertEquals(
                List.of(end, begin), AutoPad.SAME_LOWER.pads(input, List.of(span), List.of(stride), List.of(9L, 9L)));
    }

    @Test
    void valid_means_no_padding_and_not_set_the_pads_given() {
        Shape input = Shape.of(1, 1, 5);
        assertEquals(List.of(0L, 0L), AutoPad.VALID.pads(input, List.of(3L), List.of(1L), List.of(1L, 1L)));
        assertEquals(List.of(1L, 2L), AutoPad.NOTSET.pads(input, List.of(3L), List.of(1L), List.of(1L, 2L)));
    }

    @Test
    void a_dilated_kernel_counts_as_wide_as_it_reaches() {
        Graph graph = opset(18)
                .input("x", 1, 1, 9, 9)
                .floats("w", 1, 1, 3, 3)
                .node("Conv", "x w", "y", ints("dilations", 2, 3), text("auto_pad", "SAME_UPPER"))
                .output("y")
                .graph();
        assertEquals(List.of(2L, 3L, 2L, 3L), ((Conv) graph.nodes().getFirst().op()).pads());
        assertEquals(Shape.of(1, 1, 9, 9), graph.outputs().getFirst().type().shape());
    }

    private static ConvTranspose transposed(AttributeProto... attributes) {
        Graph graph = opset(18)
                .input("x", 1, 1, 3)
                .floats("w", 1, 1, 3)
                .node("ConvTranspose", "x w", "y", attributes)
                .output("y")
                .graph();
        return (ConvTranspose) graph.nodes().getFirst().op();
    }

    @Test
    void a_transposed_convolution_of_same_multiplies_the_extent_by_the_stride() {
        assertEquals(
                List.of(0L, 1L),
                transposed(ints("strides", 2), text("auto_pad", "SAME_UPPER")).pads());
        assertEquals(
                List.of(1L, 0L),
                transposed(ints("strides", 2), text("auto_pad", "SAME_LOWER")).pads());
    }

    @Test
    void an_output_shape_decides_the_pads() {
        assertEquals(
                List.of(1L, 0L),
                transposed(ints("strides", 2), ints("output_shape", 6)).pads());
        assertEquals(
                List.of(1L, 0L),
                transposed(ints("strides", 2), ints("output_shape", 1, 1, 6)).pads());
    }

    @Test
    void an_output_larger_than_the_windows_reach_ends_in_zeros() {
        ConvTranspose op = transposed(ints("strides", 2), ints("output_shape", 8));
        assertEquals(List.of(0L, 0L), op.pads());
        assertEquals(List.of(1L), op.outputPads());
    }
}
