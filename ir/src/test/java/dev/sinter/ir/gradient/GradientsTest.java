package dev.sinter.ir.gradient;

import static dev.sinter.ir.gradient.GradientCheck.apart;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Gate;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.MaxPoolGradient;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.Window;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What differentiation makes of whole graphs.
@NullMarked
class GradientsTest {
    @Test
    void each_gradient_is_named_after_its_value_and_nothing_else_is_computed() {
        assertEquals(text("""
            %x: f32[2,3] = input
            %w: f32[4,3] = input
            %filled.2x4.1.0: f32[2,4] = constant splat 1
            %filled.0.0: f32[] = constant [0]
            %h: f32[2,4] = gemm(%x, %w) alpha=1 beta=1 transpose_a=false transpose_b=true
            %y: f32[2,4] = relu(%h)
            %loss: f32[] = reduce_sum(%y) axes=[0,1] keep_dims=false
            %h.gradient: f32[2,4] = gate_less(%filled.2x4.1.0, %filled.0.0, %y)
            %w.gradient: f32[4,3] = gemm(%h.gradient, %x) alpha=1 beta=1 transpose_a=true transpose_b=false
            return %loss, %w.gradient\
            """), differentiated("""
                %x: f32[2,3] = input
                %w: f32[4,3] = input
                %h = gemm(%x, %w) alpha=1 beta=1 transpose_a=false transpose_b=true
                %y = relu(%h)
                %loss = reduce_sum(%y) axes=[0,1] keep_dims=false
                return %loss\
                """, "w"));
    }

    @Test
    void what_several_readers_contribute_is_added_up() {
        String text = differentiated("""
            %x: f32[3] = input
            %a = exp(%x)
            %b = tanh(%x)
            %c = mul(%a, %b)
            %loss = reduce_sum(%c) axes=[0] keep_dims=false
            return %loss\
            """, "x");
        assertTrue(text.contains("%x.gradient: f32[3] = add(%x.gradient.1, %x.gradient.2)"), text);
    }

    @Test
    void one_value_that_is_the_gradient_of_several_gets_a_name_for_each() {
        String text = differentiated("""
            %a: f32[3] = input
            %b: f32[3] = input
            %c = add(%a, %b)
            %d = exp(%c)
            %loss = reduce_sum(%d) axes=[0] keep_dims=false
            return %loss\
            """, "a", "b");
        assertTrue(text.contains("return %loss, %a.gradient, %b.gradient"), text);
    }

    @Test
    void a_value_without_influence_has_a_gradient_of_zeros() {
        String text = differentiated("""
            %x: f32[3] = input
            %unused: f32[2] = input
            %rounded = floor(%x)
            %loss = reduce_sum(%rounded) axes=[0] keep_dims=false
            return %loss\
            """, "x", "unused");
        assertTrue(text.contains("f32[3] = constant splat 0") || text.contains("f32[3] = constant [0,0,0]"), text);
        assertTrue(text.contains("return %loss, %x.gradient"), text);
    }

    @Test
    void a_loss_of_several_elements_is_refused() {
        CompileException fault = assertThrows(CompileException.class, () -> differentiated("""
            %x: f32[3] = input
            %loss = exp(%x)
            return %loss\
            """, "x"));
        assertEquals(Code.GRADIENT_LOSS, fault.code());
    }

    @Test
    void an_operator_without_a_gradient_is_named() {
        CompileException fault = assertThrows(CompileException.class, () -> differentiated("""
            %dy: f32[1,1,2,2] = input
            %up = average_pool_gradient(%dy) kernel=[2,2] strides=[2,2] extents=[4,4]
            %loss = reduce_sum(%up) axes=[0,1,2,3] keep_dims=false
            return %loss\
            """, "dy"));
        assertEquals(Code.GRADIENT_OPERATOR, fault.code());
        assertEquals("up (average_pool_gradient)", fault.where());
    }

    @Test
    void a_closed_gate_keeps_infinity_out() {
        Tensor value = Tensor.ofFloats(Shape.of(2), Float.POSITIVE_INFINITY, 3);
        Tensor compared = Tensor.ofFloats(Shape.of(2), -1, 1);
        assertEquals(List.of(0.0, 3.0), run(new Gate(Gate.Kind.LESS), value, Tensor.ofFloats(Shape.of(), 0), compared));
    }

    @Test
    void of_equal_elements_the_first_gets_what_a_max_pool_gives_and_nan_gets_nothing() {
        Tensor dy = Tensor.ofFloats(Shape.of(1, 1, 2), 5, 7);
        Tensor x = Tensor.ofFloats(Shape.of(1, 1, 4), 2, 2, Float.NaN, Float.NEGATIVE_INFINITY);
        Window pairs = new Window(List.of(2L), List.of(2L), List.of(0L, 0L), List.of(1L), false);
        assertEquals(List.of(5.0, 0.0, 0.0, 7.0), run(new MaxPoolGradient(pairs), x, dy));
    }

    @Test
    void a_small_network_with_convolutions_is_differentiated_as_a_whole() {
        SplittableRandom random = new SplittableRandom(4);
        Graph.Builder builder = Graph.builder("network");
        Value x = builder.input("x", GradientCheck.type(2, 1, 8, 8));
        Value weights = builder.input("conv.weight", GradientCheck.type(3, 1, 3, 3));
        Value bias = builder.input("conv.bias", GradientCheck.type(3));
        Value full = builder.input("full.weight", GradientCheck.type(4, 48));
        Value conv = builder.add("conv", Conv.of(1, 1), x, weights, bias);
        Value relu = builder.add("relu", Unary.RELU, conv);
        Value pool = builder.add("pool", new MaxPool(Window.square(2, 2)), relu);
        Value flat = builder.add("flat", new Flatten(1), pool);
        Value logits = builder.add("logits", Gemm.FULLY_CONNECTED, flat, full);
        Value targets = builder.constant("targets", classes(2, 4));
        Value loss = Losses.softmaxCrossEntropy(builder, "loss", logits, targets);
        builder.output(loss);
        GradientCheck.check(
                builder.build(),
                loss,
                Map.of(
                        "x", apart(random, 2, 1, 8, 8),
                        "conv.weight", apart(random, 3, 1, 3, 3),
                        "conv.bias", apart(random, 3),
                        "full.weight", apart(random, 4, 48)),
                List.of(x, weights, bias, full));
    }

    @Test
    void batch_norm_for_training_is_differentiated_through_mean_and_variance() {
        SplittableRandom random = new SplittableRandom(5);
        List<Long> axes = List.of(0L, 2L, 3L);
        Graph.Builder builder = Graph.builder("batch_norm");
        Value x = builder.input("x", GradientCheck.type(3, 2, 4, 4));
        Value scale = builder.input("scale", GradientCheck.type(2, 1, 1));
        Value bias = builder.input("bias", GradientCheck.type(2, 1, 1));
        Value mean = builder.add("mean", new Reduce(Reduce.Kind.MEAN, axes, true), x);
        Value centred = builder.add("centred", new Binary(Binary.Kind.SUB), x, mean);
        Value square = builder.add("square", new Binary(Binary.Kind.MUL), centred, centred);
        Value variance = builder.add("variance", new Reduce(Reduce.Kind.MEAN, axes, true), square);
        Value epsilon = builder.constant("epsilon", Tensor.filled(GradientCheck.type(), 1e-3));
        Value shifted = builder.add("shifted", Binary.ADD, variance, epsilon);
        Value deviation = builder.add("deviation", new Unary(Unary.Kind.SQRT), shifted);
        Value normalised = builder.add("normalised", new Binary(Binary.Kind.DIV), centred, deviation);
        Value scaled = builder.add("scaled", new Binary(Binary.Kind.MUL), normalised, scale);
        Value y = builder.add("y", Binary.ADD, scaled, bias);
        Value target = builder.constant("target", RandomTensors.uniform(y.type(), -1, 1, 7));
        Value loss = Losses.meanSquaredError(builder, "loss", y, target);
        builder.output(loss);
        GradientCheck.check(
                builder.build(),
                loss,
                Map.of(
                        "x", apart(random, 3, 2, 4, 4),
                        "scale", apart(random, 2, 1, 1),
                        "bias", apart(random, 2, 1, 1)),
                List.of(x, scale, bias));
    }

    @Test
    void an_intermediate_value_has_a_gradient_too() {
        String text = differentiated("""
            %x: f32[3] = input
            %h = exp(%x)
            %y = sqrt(%h)
            %loss = reduce_mean(%y) axes=[0] keep_dims=false
            return %loss\
            """, "h");
        assertTrue(text.contains("return %loss, %h.gradient"), text);
        assertTrue(!text.contains("x.gradient"), text);
    }

    private static Tensor classes(int rows, int count) {
        Tensor targets = Tensor.allocate(GradientCheck.type(rows, count));
        for (int row = 0; row < rows; row++) {
            targets.set((long) row * count + row % count, 1);
        }
        return targets;
    }

    private static List<Double> run(Op op, Tensor... operands) {
        Graph.Builder builder = Graph.builder("one");
        Value[] values = new Value[operands.length];
        Map<String, Tensor> inputs = new HashMap<>();
        for (int i = 0; i < operands.length; i++) {
            values[i] = builder.input("x" + i, operands[i].type());
            inputs.put("x" + i, operands[i]);
        }
        builder.output(builder.add("y", op, values));
        Tensor y =
                Objects.requireNonNull(Interpreter.run(builder.build(), inputs).get("y"));
        return LongStream.range(0, y.shape().elements()).mapToObj(y::get).toList();
    }

    private static String differentiated(String statements, String... of) {
        Graph graph = GraphParser.parse(text(statements), "test");
        Value loss = graph.outputs().getFirst();
        List<Value> values = Arrays.stream(of).map(name -> named(graph, name)).toList();
        return GraphPrinter.print(Gradients.of(graph, loss, values).graph());
    }

    private static Value named(Graph graph, String name) {
        return Stream.concat(graph.inputs().stream(), graph.nodes().stream().map(node -> node.output()))
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String text(String statements) {
        return "sinter.graph 1\ngraph test {\n" + statements.indent(2) + "}\n";
    }
}
