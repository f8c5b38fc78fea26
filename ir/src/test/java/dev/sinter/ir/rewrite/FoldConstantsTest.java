package dev.sinter.ir.rewrite;

import static dev.sinter.ir.rewrite.PassTexts.assertRewritten;
import static dev.sinter.ir.rewrite.PassTexts.assertUnchanged;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldConstantsTest {
    private final Pass pass = new FoldConstants();

    @Test
    void what_depends_on_constants_alone_is_computed() {
        assertRewritten(pass, """
            %x: f32[2] = input
            %a: f32[2] = constant [1, 2]
            %b: f32[2] = constant [3, 4]
            %sum = add(%a, %b)
            %square = mul(%sum, %sum)
            %y = add(%x, %square)
            return %y
            """, """
            %x: f32[2] = input
            %square: f32[2] = constant [16, 36]
            %y = add(%x, %square)
            return %y
            """);
    }

    @Test
    void integers_are_computed_as_integers() {
        assertRewritten(pass, """
            %x: i64[] = input
            %a: i64[] = constant [9007199254740993]
            %b: i64[] = constant [2]
            %sum = add(%a, %b)
            %y = add(%x, %sum)
            return %y
            """, """
            %x: i64[] = input
            %sum: i64[] = constant [9007199254740995]
            %y = add(%x, %sum)
            return %y
            """);
    }

    @Test
    void a_constant_that_is_read_elsewhere_stays() {
        assertRewritten(pass, """
            %x: f32[2] = input
            %a: f32[2] = constant [1, 2]
            %r = reshape(%a) shape=[2,1]
            %y = add(%x, %a)
            %z = add(%x, %r)
            return %y, %z
            """, """
            %x: f32[2] = input
            %a: f32[2] = constant [1, 2]
            %r: f32[2,1] = constant [1, 2]
            %y = add(%x, %a)
            %z = add(%x, %r)
            return %y, %z
            """);
    }

    @Test
    void an_output_of_the_graph_is_computed_by_the_program() {
        assertUnchanged(pass, """
            %a: f32[2] = constant [1, 2]
            %y = relu(%a)
            return %y
            """);
    }

    @Test
    void a_constant_that_would_explode_stays_as_it_is() {
        assertUnchanged(pass, """
            %x: f32[512,512] = input
            %a: f32[512,1] = constant splat 1
            %b: f32[512] = constant splat 2
            %c = add(%a, %b)
            %y = add(%x, %c)
            return %y
            """);
    }

    private record Doubled() implements CustomOp {
        @Override
        public String mnemonic() {
            return "test.doubled";
        }

        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return inputs;
        }

        @Override
        public List<Stage> compute(Signature types, List<Access> inputs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
            for (long i = 0; i < outputs.getFirst().type().shape().elements(); i++) {
                outputs.getFirst().set(i, 2 * inputs.getFirst().value(i), 0);
            }
        }
    }

    @Test
    void a_users_own_operator_is_computed_too() {
        Graph.Builder builder = Graph.builder("g");
        Value x = builder.input("x", TensorType.float32(2));
        Value c = builder.constant("c", Tensor.ofFloats(Shape.of(2), 1, 2));
        Value doubled = builder.add("doubled", new Doubled(), c);
        Graph graph = builder.output(builder.add("y", Binary.ADD, x, doubled)).build();

        Graph folded = pass.apply(graph);

        assertEquals(1, folded.nodes().size());
        assertEquals(4, folded.constant(doubled).orElseThrow().get(1));
    }
}
