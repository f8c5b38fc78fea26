package dev.sinter.ir.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Binding;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class InliningTest {
    private final Axis i = new Axis("i", 8);
    private final Stage input = stage(
            "input",
            Access.of(new Value("x", TensorType.float32(8))).at(Index.of(i)).apply(UnaryFunction.EXP));

    private Stage stage(String name, Expr value) {
        return Stage.map(name, List.of(i), value);
    }

    private Expr call(Stage stage) {
        return new Expr.Call(stage, List.of(Index.of(i)));
    }

    private static Inlining.Result resolve(Expr... formulas) {
        return Inlining.resolve(List.of(formulas), UnaryOperator.identity(), _ -> true, Map.of());
    }

    private static long size(Inlining.Result result) {
        return result.all().stream().mapToLong(InliningTest::size).sum();
    }

    private static long size(Expr expr) {
        return 1 + expr.operands().stream().mapToLong(InliningTest::size).sum();
    }

    private static int depth(Expr expr) {
        return 1 + expr.operands().stream().mapToInt(InliningTest::depth).max().orElse(0);
    }

    @Test
    void what_is_read_once_is_written_where_it_is_read() {
        Inlining.Result result = resolve(call(input).plus(Expr.constant(1, input.type())));
        assertEquals(List.of(), result.bindings());
    }

    @Test
    void what_is_read_twice_is_bound_to_a_name() {
        Inlining.Result result = resolve(call(input).times(call(input)));
        Binding binding = result.bindings().getFirst();
        assertEquals(1, result.bindings().size());
        assertEquals(List.of(new Expr.Bound(binding).times(new Expr.Bound(binding))), result.formulas());
    }

    @Test
    void several_formulas_share_what_they_read() {
        Inlining.Result result = resolve(call(input), call(input).apply(UnaryFunction.NEGATE));
        assertEquals(1, result.bindings().size());
    }

    @Test
    void an_element_of_a_tensor_needs_no_name() {
        Stage plain =
                stage("plain", Access.of(new Value("x", TensorType.float32(8))).at(Index.of(i)));
        assertEquals(List.of(), resolve(call(plain).times(call(plain))).bindings());
    }

    @Test
    void a_chain_that_reads_everything_twice_grows_by_its_length() {
        Stage last = input;
        for (int length = 0; length < 200; length++) {
            last = stage("square", call(last).times(call(last)));
        }
        assertTrue(size(resolve(call(last))) < 1000);
    }

    @Test
    void a_formula_that_holds_itself_twice_again_and_again_grows_by_its_depth() {
        Expr value = call(input);
        for (int depth = 0; depth < 200; depth++) {
            value = value.plus(value);
        }
        assertTrue(size(resolve(call(stage("doubled", value)))) < 1000);
    }

    @Test
    void a_long_chain_nests_no_deeper_than_compilers_follow() {
        Stage last = input;
        for (int length = 0; length < 200; length++) {
            last = stage("negated", call(last).apply(UnaryFunction.NEGATE));
        }
        Inlining.Result result = resolve(call(last));
        assertTrue(result.all().stream().allMatch(expr -> depth(expr) < 20));
    }
}
