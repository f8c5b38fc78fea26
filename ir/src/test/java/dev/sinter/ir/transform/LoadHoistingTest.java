package dev.sinter.ir.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.KernelText;
import dev.sinter.ir.kernel.SmallKernels;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadHoistingTest {
    private final Buffer x = SmallKernels.floats("x", 64);
    private final Buffer w = SmallKernels.floats("w", 64);
    private final Buffer y = SmallKernels.floats("y", 64);
    private final Axis i = new Axis("i", 3);
    private final Axis k = new Axis("k", 10);
    private final Axis lane = new Axis("lane", 4);
    private final KernelArray sums = new KernelArray("sums", ElementType.FLOAT32, List.of(3L), 4);
    private final KernelExpr.Element sum = new KernelExpr.Element(sums, List.of(Index.of(i)));
    private final KernelArray scalars = new KernelArray("scalars", ElementType.FLOAT32, List.of(3L), 1);
    private final KernelExpr.Element scalar = new KernelExpr.Element(scalars, List.of(Index.of(i)));

    private String hoisted(Stmt... body) {
        return KernelText.of(LoadHoisting.apply(SmallKernels.task(List.of(x, w), y, List.of(body)))
                .body());
    }

    private static KernelExpr load(Buffer buffer, Index offset) {
        return new KernelExpr.Load(buffer, offset);
    }

    private static Stmt loop(Axis axis, LoopKind kind, Stmt... body) {
        return Stmt.For.over(axis, kind, List.of(body));
    }

    private Stmt store(Index offset, KernelExpr value) {
        return new Stmt.Store(y, offset, value, Optional.empty());
    }

    @Test
    void a_vector_of_weights_is_loaded_once_for_all_columns() {
        KernelExpr product = new KernelExpr.MultiplyAdd(
                load(x, Index.of(k).plus(Index.of(i))),
                load(w, Index.of(k).times(4).plus(Index.of(lane))),
                sum);
        assertEquals(
                """
                serial k in 0..10
                  declare w_value x4
                  vector lane in 0..4
                    w_value = w[4*k + lane]
                  unroll i in 0..3
                    vector lane in 0..4
                      sums[i] = x[k + i] * w_value + sums[i]
                """,
                hoisted(loop(
                        k,
                        LoopKind.SERIAL,
                        loop(i, LoopKind.UNROLL, loop(lane, LoopKind.VECTOR, new Stmt.Assign(sum, product))))));
    }

    @Test
    void a_load_moves_out_of_as_many_loops_as_leave_it_unchanged() {
        Axis j = new Axis("j", 2);
        KernelExpr value = load(x, Index.of(j)).plus(load(w, Index.ZERO)).plus(load(w, Index.of(i)));
        assertEquals("""
            declare w_value x1
            w_value = w[0]
            unroll j in 0..2
              declare value x1
              value = add(x[j], w_value)
              unroll i in 0..3
                scalars[i] = add(value, w[i])
            """, hoisted(loop(j, LoopKind.UNROLL, loop(i, LoopKind.UNROLL, new Stmt.Assign(scalar, value)))));
    }

    @Test
    void a_costly_expression_moves_as_a_whole() {
        KernelExpr sine = load(w, Index.ZERO).minus(load(w, Index.of(1))).apply(UnaryFunction.EXP);
        assertEquals(
                """
                declare value x1
                value = exp(subtract(w[0], w[1]))
                unroll i in 0..3
                  scalars[i] = multiply(x[i], value)
                """,
                hoisted(loop(
                        i,
                        LoopKind.UNROLL,
                        new Stmt.Assign(scalar, load(x, Index.of(i)).times(sine)))));
    }

    @Test
    void a_guarded_load_stays_behind_its_guard() {
        KernelExpr zero = KernelExpr.constant(0, ElementType.FLOAT32);
        Stmt padded = new Stmt.Assign(scalar, new KernelExpr.Within(Index.of(i), 1, 3, load(w, Index.ZERO), zero));
        Stmt guarded = new Stmt.If(
                List.of(new Stmt.Condition(Index.of(i), 1, 3)), List.of(new Stmt.Assign(scalar, load(w, Index.ZERO))));
        Stmt maybeEmpty = new Stmt.For(
                k, Index.of(i), Index.of(2), LoopKind.SERIAL, List.of(new Stmt.Assign(scalar, load(w, Index.ZERO))));
        String before = KernelText.of(List.of(loop(i, LoopKind.UNROLL, padded, guarded, maybeEmpty)));
        assertEquals(before, hoisted(loop(i, LoopKind.UNROLL, padded, guarded, maybeEmpty)));
    }

    @Test
    void a_load_does_not_pass_a_store_to_its_buffer() {
        Stmt loop = loop(
                i, LoopKind.UNROLL, store(Index.of(1), load(y, Index.ZERO)), store(Index.ZERO, load(x, Index.of(i))));
        assertEquals(KernelText.of(List.of(loop)), hoisted(loop));
    }

    @Test
    void equal_loads_of_one_run_are_made_once() {
        assertEquals(
                """
                declare x_value x1
                x_value = x[3]
                y[1] = add(x_value, y[0])
                y[2] = multiply(x_value, y[0])
                y[3] = add(x_value, y[0])
                """,
                hoisted(
                        store(Index.of(1), load(x, Index.of(3)).plus(load(y, Index.ZERO))),
                        store(Index.of(2), load(x, Index.of(3)).times(load(y, Index.ZERO))),
                        store(Index.of(3), load(x, Index.of(3)).plus(load(y, Index.ZERO)))));
    }

    @Test
    void equal_guarded_loads_are_made_once_with_their_guard() {
        KernelExpr padded = new KernelExpr.Within(
                Index.of(k), 2, 5, load(x, Index.of(k)), KernelExpr.constant(0, ElementType.FLOAT32));
        assertEquals(
                """
                serial k in 0..10
                  declare value x1
                  value = (2 <= k < 5 ? x[k] : 0.0)
                  y[k] = value
                  y[k + 10] = value
                """,
                hoisted(loop(
                        k,
                        LoopKind.SERIAL,
                        store(Index.of(k), padded),
                        store(Index.of(k).plus(10), padded))));
    }

    @Test
    void a_vector_is_loaded_once_but_a_number_is_broadcast_from_memory() {
        Stmt vector = loop(
                lane,
                LoopKind.VECTOR,
                store(Index.of(lane), load(x, Index.ZERO).times(load(w, Index.of(lane)))),
                store(Index.of(lane).plus(4), load(x, Index.ZERO).plus(load(w, Index.of(lane)))));
        assertEquals("""
            declare w_value x4
            vector lane in 0..4
              w_value = w[lane]
              y[lane] = multiply(x[0], w_value)
              y[lane + 4] = add(x[0], w_value)
            """, hoisted(vector));
    }

    @ParameterizedTest
    @CsvSource({"true, 3", "true, 2", "false, 2", "false, 1"})
    void a_convolution_computes_the_same_bits(boolean halo, long columns) {
        Kernel kernel = SmallKernels.convReluPool(halo, columns);
        Tensor expected = SmallKernels.result(kernel, 7);
        assertTrue(expected.sameBits(SmallKernels.result(LoadHoisting.apply(kernel), 7)));
        Kernel expanded = UnrollExpansion.apply(kernel, _ -> true);
        assertTrue(expected.sameBits(SmallKernels.result(LoadHoisting.apply(expanded), 7)));
    }
}
