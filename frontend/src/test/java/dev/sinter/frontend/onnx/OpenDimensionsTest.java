package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.OnnxBuilder.ints;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@NullMarked
class OpenDimensionsTest {
    private static OnnxModel relu(Object... dims) {
        return opset(18).input("x", dims).node("Relu", "x", "y").output("y").model();
    }

    private static Shape shape(OnnxModel model) {
        return model.graph().outputs().getFirst().type().shape();
    }

    private static void fails(String says, Executable action) {
        CompileException fault = assertThrows(CompileException.class, action);
        assertEquals(Code.ONNX_DYNAMIC, fault.code(), fault.getMessage());
        assertTrue(String.valueOf(fault.getMessage()).contains(says), fault.getMessage());
    }

    @Test
    void ports_show_what_the_model_leaves_open() {
        assertEquals("x: f32[N,3,?]", relu("N", 3, "?").inputs().getFirst().toString());
    }

    @Test
    void an_open_leading_dimension_is_one_unless_it_is_bound() {
        assertEquals(Shape.of(1, 3), shape(relu("N", 3)));
        assertEquals(Shape.of(1, 3), shape(relu("?", 3)));
        assertEquals(Shape.of(1, 3), shape(relu(-1, 3)));
        assertEquals(Shape.of(7, 3), shape(relu("N", 3).withDimensions(Map.of("N", 7L))));
        assertEquals(Shape.of(7, 3), shape(relu("?", 3).withBatch(7)));
    }

    @Test
    void other_open_dimensions_must_be_bound() {
        fails("dimension 2 of x: f32[N,3,H]", () -> relu("N", 3, "H").graph());
        fails("x[2]=224", () -> relu("N", 3, "?").graph());
        assertEquals(Shape.of(1, 3, 9), shape(relu("N", 3, "H").withDimensions(Map.of("H", 9L))));
        assertEquals(Shape.of(1, 3, 9), shape(relu("N", 3, "?").withDimensions(Map.of("x[2]", 9L))));
    }

    @Test
    void a_symbol_is_one_extent_everywhere() {
        OnnxModel model = opset(18)
                .input("a", "N", 4)
                .input("b", 4, "N")
                .node("MatMul", "a b", "y")
                .output("y")
                .model();
        assertEquals(Shape.of(1, 1), shape(model));
        assertEquals(Shape.of(5, 5), shape(model.withDimensions(Map.of("N", 5L))));
    }

    @Test
    void bindings_that_make_no_sense_are_refused() {
        fails(
                "has no dimension 'M'; its dimensions are N, x[0], x[1]",
                () -> relu("N", 3).withDimensions(Map.of("M", 2L)).graph());
        fails("bound to 0", () -> relu("N", 3).withDimensions(Map.of("N", 0L)).graph());
        fails(
                "bound to 4 but the model fixes it at 3",
                () -> relu("N", 3).withDimensions(Map.of("x[1]", 4L)).graph());
        assertEquals(
                Shape.of(3, 3),
                shape(relu("N", 3).withDimensions(Map.of("N", 3L)).withBatch(3)));
        fails(
                "the batch is 2 but its dimension is bound to 3",
                () -> relu("N", 3).withDimensions(Map.of("N", 3L)).withBatch(2).graph());
    }

    @Test
    void an_input_of_unknown_rank_is_refused() {
        OnnxBuilder model = opset(18).input("x").node("Relu", "x", "y").output("y");
        model.message()
                .getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .clearShape();
        fails("how many dimensions", model::graph);
    }

    @Test
    void a_batch_fixed_at_one_can_be_larger() {
        assertEquals(Shape.of(4, 3), shape(relu(1, 3).withBatch(4)));
        fails("cannot be made 4", () -> relu(2, 3).withBatch(4).graph());
    }

    @Test
    void a_shape_written_for_one_image_is_scaled_with_the_batch() {
        OnnxBuilder model = opset(13)
                .input("x", 1, 2, 3, 4)
                .integers("flat", 1, -1)
                .integers("merged", 6, 4)
                .node("Reshape", "x flat", "y")
                .node("Reshape", "x merged", "z")
                .output("y")
                .output("z");
        assertEquals(
                List.of(Shape.of(5, 24), Shape.of(30, 4)),
                model.model().withBatch(5).graph().outputs().stream()
                        .map(output -> output.type().shape())
                        .toList());
    }

    @Test
    void sizes_written_for_one_image_leave_the_batch_as_it_is() {
        OnnxBuilder model = opset(13)
                .input("x", 1, 2, 3, 4)
                .input("factor", 1, 1, 1, 1)
                .integers("sizes", 1, 2, 6, 4)
                .node("Resize", "x - - sizes", "wide")
                .node("Mul", "wide factor", "y")
                .output("wide")
                .output("y");
        assertEquals(
                List.of(Shape.of(5, 2, 6, 4), Shape.of(5, 2, 6, 4)),
                model.model().withBatch(5).graph().outputs().stream()
                        .map(output -> output.type().shape())
                        .toList());
    }

    @Test
    void an_output_that_does_not_grow_with_the_batch_is_reported() {
        OnnxBuilder model = opset(13)
                .input("x", 1, 4)
                .node("Transpose", "x", "t", ints("perm", 1, 0))
                .output("t");
        fails(
                "[4,1] for a batch of 1 but [4,3] for 3",
                () -> model.model().withBatch(3).graph());
    }
}
