package dev.sinter.ir.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphTextTest {
    private static final String LENET_HEAD = """
        sinter.graph 1
        graph lenet {
          %x: f32[1,1,28,28] = input
          %w: f32[6,1,5,5] = constant splat 0.5
          %b: f32[6] = constant [0.1, 1e-7, -0, inf, nan, 16777216]
          %h: f32[1,6,28,28] = conv(%x, %w, %b) strides=[1,1] pads=[2,2,2,2] dilations=[1,1] groups=1 @conv1
          %y: f32[1,6,28,28] = relu(%h)
          %p: f32[1,6,14,14] = max_pool(%y) kernel=[2,2] strides=[2,2] pads=[0,0,0,0] dilations=[1,1] ceil_mode=false
          return %p, %y
        }
        """.replace("16777216", "1.6777216e7");

    @Test
    void a_complete_text_prints_as_it_was() {
        assertEquals(LENET_HEAD, GraphPrinter.print(GraphParser.parse(LENET_HEAD, "lenet.sir")));
    }

    @Test
    void types_window_defaults_and_node_names_may_be_left_out() {
        String brief = LENET_HEAD
                .replace("%h: f32[1,6,28,28]", "%h")
                .replace("%p: f32[1,6,14,14]", "%p")
                .replace(" dilations=[1,1]", "")
                .replace(" groups=1", "")
                .replace(" ceil_mode=false", "")
                .replace(" pads=[0,0,0,0]", " // no padding");
        assertEquals(LENET_HEAD, GraphPrinter.print(GraphParser.parse(brief, "lenet.sir")));
    }

    @Test
    void line_breaks_and_blanks_do_not_matter() {
        String loose = "\ufeff" + LENET_HEAD.replace(" ", "  \n\t").replace("\n", "\r\n");
        assertEquals(LENET_HEAD, GraphPrinter.print(GraphParser.parse(loose, "lenet.sir")));
    }

    @Test
    void random_weights_are_those_of_the_seed() {
        Graph graph = GraphParser.parse("""
            sinter.graph 1
            graph g {
              %w: f32[6,3,5,5] = constant random 7
              %v: f32[9] = constant random -1 uniform 0.5 1.5
              %i: i8[9] = constant random 3 integers -8 8
              return %w
            }
            """, "random.sir");
        List<Tensor> tensors = List.copyOf(graph.constants().values());
        assertTrue(RandomTensors.heNormal(TensorType.float32(6, 3, 5, 5), 75, 7).sameBits(tensors.get(0)));
        assertTrue(RandomTensors.uniform(TensorType.float32(9), 0.5, 1.5, -1).sameBits(tensors.get(1)));
        assertTrue(RandomTensors.integers(TensorType.of(ElementType.INT8, 9), -8, 8, 3)
                .sameBits(tensors.get(2)));
    }

    @Test
    void long_constants_can_be_left_out_but_then_the_text_is_refused() {
        Graph.Builder builder = Graph.builder("g");
        builder.output(builder.constant("w", RandomTensors.heNormal(TensorType.float32(100), 1)));
        String text = GraphPrinter.print(builder.build(), GraphPrinter.Constants.ELIDED);
        assertTrue(text.contains("%w: f32[100] = constant elided\n"), text);
        var fault = assertThrows(CompileException.class, () -> GraphParser.parse(text, "g.sir"));
        assertTrue(fault.toString().contains("g.sir:3:27: found elided"), fault.toString());
    }

    @Test
    void bits_that_no_decimal_has_are_kept_as_bytes() {
        Tensor payload = Tensor.ofFloats(Shape.of(3), Float.intBitsToFloat(0x7fc00001), 1, 2);
        Graph.Builder builder = Graph.builder("g");
        Value value = builder.constant("w", payload);
        String text = GraphPrinter.print(builder.output(value).build());
        Graph parsed = GraphParser.parse(text, "g.sir");
        assertTrue(payload.sameBits(parsed.constants().values().iterator().next()), text);
    }

    @Test
    void the_example_of_the_documentation_parses() throws IOException {
        String page = Files.readString(Path.of("../docs/ir-text.md"));
        int begin = page.indexOf("sinter.graph 1");
        String example = page.substring(begin, page.indexOf("```", begin));
        assertEquals(3, GraphParser.parse(example, "lenet.sir").nodes().size());
        var unknown = assertThrows(
                CompileException.class, () -> GraphParser.parse(example.replace("= conv(", "= konv("), "lenet.sir"));
        assertTrue(page.contains(String.valueOf(unknown.getMessage())), unknown.getMessage());
        var channels = assertThrows(
                CompileException.class, () -> GraphParser.parse(example.replace("6,1,5,5", "6,3,5,5"), "lenet.sir"));
        assertTrue(page.contains(String.valueOf(channels.getMessage())), channels.getMessage());
    }

    @Test
    void every_operator_of_the_ir_has_a_mnemonic_of_its_own() {
        assertTrue(OpCatalog.standard()
                .mnemonics()
                .containsAll(List.of("conv", "relu", "round", "reduce_mean", "pow", "pad", "batch_normalization")));
        assertFalse(OpCatalog.standard().mnemonics().contains("custom_op"));
    }

    enum Side {
        LEFT,
        RIGHT
    }

    record Amount(double factor, List<String> notes) {}

    /// Two outputs, and every kind of attribute.
    record Split(long times, boolean exactly, String label, Side side, List<Side> sides, Amount amount)
            implements CustomOp {
        @Override
        public String mnemonic() {
            return "test.split";
        }

        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return List.of(inputs.getFirst(), inputs.getFirst());
        }

        @Override
        public List<Stage> compute(Signature types, List<Access> inputs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void a_custom_operator_with_two_outputs_round_trips() {
        String text = """
            sinter.graph 1
            graph "custom operator" {
              %x: f64[] = input
              %a: f64[], %b: f64[] = test.split(%x) times=-3 exactly=true label="a \\"b\\"" side=right sides=[left,right] factor=2.5 notes=["n",""]
              return %b, %a
            }
            """;
        OpCatalog catalog = OpCatalog.standard().with("test.split", Split.class);
        Graph graph = GraphParser.parse(text, "custom.sir", catalog);
        assertEquals(
                new Split(
                        -3,
                        true,
                        "a \"b\"",
                        Side.RIGHT,
                        List.of(Side.LEFT, Side.RIGHT),
                        new Amount(2.5, List.of("n", ""))),
                graph.nodes().getFirst().op());
        assertEquals(text, GraphPrinter.print(graph));
    }

    @Test
    void a_catalog_refuses_what_it_could_not_read() {
        OpCatalog catalog = OpCatalog.standard();
        assertThrows(IllegalArgumentException.class, () -> catalog.with("conv", Split.class));
        assertThrows(IllegalArgumentException.class, () -> catalog.with("input", Split.class));
        assertThrows(IllegalArgumentException.class, () -> catalog.with("two words", Split.class));
        assertThrows(IllegalArgumentException.class, () -> catalog.with("custom", CustomOp.class));
        assertThrows(IllegalArgumentException.class, () -> AttributeSyntax.of(Object.class));
    }
}
