package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.OnnxBuilder.integer;
import static dev.sinter.frontend.onnx.OnnxBuilder.ints;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What is known before the network runs is computed before it runs.
@NullMarked
class ShapeArithmeticTest {
    private static long[] constant(OnnxBuilder model) {
        Graph graph = model.output("y", OnnxBuilder.INT64).graph();
        assertTrue(graph.nodes().isEmpty(), graph.nodes().toString());
        return graph.constant(graph.outputs().getFirst()).orElseThrow().toLongs();
    }

    @Test
    void a_reshape_to_a_computed_shape_is_one_node() {
        Graph graph = opset(9).input("x", 2, 3, 4, 5)
                .integers("zero", 0)
                .integers("rest", -1)
                .node("Shape", "x", "s")
                .node("Gather", "s zero", "batch")
                .node("Concat", "batch rest", "target", integer("axis", 0))
                .node("Reshape", "x target", "y")
                .output("y")
                .graph();
        assertEquals(1, graph.nodes().size());
        assertEquals(List.of(2L, 60L), ((Reshape) graph.nodes().getFirst().op()).shape());
        assertTrue(graph.constants().isEmpty());
    }

    @Test
    void part_of_a_shape_is_taken_by_start_and_end() {
        assertArrayEquals(
                new long[] {3, 4},
                constant(opset(15)
                        .input("x", 2, 3, 4, 5)
                        .node("Shape", "x", "y", integer("start", 1), integer("end", -1))));
    }

    @Test
    void slices_run_backwards_and_beyond_the_ends() {
        assertArrayEquals(
                new long[] {4, 2},
                constant(opset(13)
                        .integers("v", 0, 1, 2, 3, 4)
                        .integers("start", 100)
                        .integers("end", 0)
                        .integers("axis", 0)
                        .integers("step", -2)
                        .node("Slice", "v start end axis step", "y")));
        assertArrayEquals(
                new long[] {},
                constant(opset(13)
                        .integers("v", 0, 1, 2)
                        .integers("start", 2)
                        .integers("end", 1)
                        .node("Slice", "v start end", "y")));
        assertArrayEquals(
                new long[] {0, 1, 2},
                constant(opset(13)
                        .integers("v", 0, 1, 2)
                        .integers("start", Long.MIN_VALUE)
                        .integers("end", Long.MAX_VALUE)
                        .node("Slice", "v start end", "y")));
    }

    @Test
    void integers_divide_and_multiply_as_in_java() {
        OnnxBuilder model = opset(14)
                .integers("a", 7, -7)
                .integers("b", 2)
                .node("Div", "a b", "q")
                .node("Mul", "q b", "p")
                .node("Sub", "a p", "y");
        assertArrayEquals(new long[] {1, -1}, constant(model));
    }

    @Test
    void comparisons_choose_between_known_tensors() {
        OnnxBuilder model = opset(14)
                .integers("a", -1, 5)
                .integers("zero", 0)
                .integers("b", 9)
                .node("Less", "a zero", "c")
                .node("Where", "c b a", "y");
        assertArrayEquals(new long[] {9, 5}, constant(model));
    }

    @Test
    void reductions_of_integers_are_folded() {
        assertArrayEquals(
                new long[] {24}, constant(opset(13).integers("a", 2, 3, 4).node("ReduceProd", "a", "y")));
        assertArrayEquals(
                new long[] {4},
                constant(opset(13).integers("a", 2, 3, 4).node("ReduceMax", "a", "y", integer("keepdims", 1))));
    }

    @Test
    void known_tensors_expand_and_repeat() {
        assertArrayEquals(
                new long[] {1, 2, 1, 2},
                constant(opset(13).integers("a", 1, 2).integers("s", 2, 1).node("Expand", "a s", "y")));
        assertArrayEquals(
                new long[] {1, 2, 1, 2},
                constant(opset(13).integers("a", 1, 2).integers("n", 2).node("Tile", "a n", "y")));
    }

    @Test
    void float_arithmetic_on_weights_is_rounded_once() {
        Graph graph = opset(18)
                .floats("w", 4)
                .node("Exp", "w", "e")
                .node("Log", "e", "y")
                .output("y")
                .graph();
        assertTrue(graph.nodes().isEmpty());
        Tensor y = graph.constant(graph.outputs().getFirst()).orElseThrow();
        assertEquals(0, y.get(0));
        assertEquals((float) Math.log((float) Math.E), y.get(1));
    }

    @Test
    void a_shape_that_is_only_known_at_run_time_is_refused_with_a_way_out() {
        OnnxBuilder model = opset(18)
                .input("x", 2, 3)
                .input(OnnxBuilder.INT64, "s", 1)
                .node("Reshape", "x s", "y")
                .output("y");
        CompileException fault = assertThrows(CompileException.class, model::graph);
        assertEquals(Code.ONNX_DYNAMIC, fault.code());
        assertTrue(String.valueOf(fault.hint()).contains("as a constant"), fault.getMessage());
        Graph graph =
                model.model().withConstant("s", Tensor.ofLongs(Shape.of(1), 6)).graph();
        assertEquals("[%y: f32[6]]", graph.outputs().toString());
        assertEquals(1, graph.inputs().size());
    }

    @Test
    void operators_that_only_fold_say_so_on_computed_tensors() {
        OnnxBuilder model = opset(18).input("x").node("Range", "x x x", "y").output("y");
        CompileException fault = assertThrows(CompileException.class, model::graph);
        assertEquals(Code.ONNX_OPERATOR, fault.code());
        assertTrue(fault.fact().contains("not supported yet on computed tensors"), fault.fact());
    }

    @Test
    void even_parts_of_computed_tensors_are_cut_out() {
        Graph graph = opset(13)
                .input("x", 1, 5, 2)
                .integers("start", 1)
                .integers("end", 5)
                .integers("axis", 1)
                .integers("step", 2)
                .node("Slice", "x start end axis step", "y")
                .output("y")
                .graph();
        assertEquals("[%y: f32[1,2,2]]", graph.outputs().toString());
    }

    @Test
    void a_split_makes_as_many_nodes_as_parts() {
        Graph graph = opset(12)
                .input("x", 5, 2)
                .node("Split", "x", "a b", ints("split", 2, 3))
                .output("a")
                .output("b")
                .graph();
        assertEquals("[%a: f32[2,2], %b: f32[3,2]]", graph.outputs().toString());
        assertEquals(List.of("a", "a.2"), graph.nodes().stream().map(Node::name).toList());
    }
}
