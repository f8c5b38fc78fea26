package dev.sinter.ir.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
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

class UnrollExpansionTest {
    private final Buffer x = SmallKernels.floats("x", 64);
    private final Buffer y = SmallKernels.floats("y", 64);
    private final Axis i = new Axis("i", 3);
    private final Axis k = new Axis("k", 100);
    private final Axis lane = new Axis("lane", 4);

    private static String expanded(Stmt... body) {
        Buffer none = SmallKernels.floats("none", 1);
        return KernelText.of(UnrollExpansion.apply(SmallKernels.task(List.of(), none, List.of(body)))
                .body());
    }

    private Stmt unrolled(Stmt... body) {
        return Stmt.For.over(i, LoopKind.UNROLL, List.of(body));
    }

    private KernelExpr load(Index offset) {
        return new KernelExpr.Load(x, offset);
    }

    private Stmt store(Index offset, KernelExpr value) {
        return new Stmt.Store(y, offset, value, Optional.empty());
    }

    @Test
    void a_loop_is_written_out_and_its_array_becomes_single_registers() {
        KernelArray sums = new KernelArray("sums", ElementType.FLOAT32, List.of(3L), 1);
        KernelExpr.Element sum = new KernelExpr.Element(sums, List.of(Index.of(i)));
        Stmt body = Stmt.For.over(
                k,
                LoopKind.SERIAL,
                List.of(unrolled(new Stmt.Assign(
                        sum, sum.plus(load(Index.of(k).plus(Index.of(i).times(2))))))));
        assertEquals("""
            declare sums_0 x1
            declare sums_1 x1
            declare sums_2 x1
            serial k in 0..100
              sums_0 = add(sums_0, x[k])
              sums_1 = add(sums_1, x[k + 2])
              sums_2 = add(sums_2, x[k + 4])
            """, expanded(new Stmt.Allocate(sums), body));
    }

    @Test
    void an_array_that_a_serial_loop_indexes_stays_one() {
        KernelArray array = new KernelArray("a", ElementType.FLOAT32, List.of(3L), 1);
        KernelExpr.Element here = new KernelExpr.Element(array, List.of(Index.of(i)));
        assertEquals(
                """
                declare a[3] x1
                a[0] = x[0]
                a[1] = x[1]
                a[2] = x[2]
                serial i in 0..3
                  y[i] = a[i]
                """,
                expanded(
                        new Stmt.Allocate(array),
                        unrolled(new Stmt.Assign(here, load(Index.of(i)))),
                        Stmt.For.over(i, LoopKind.SERIAL, List.of(store(Index.of(i), here)))));
    }

    @Test
    void vector_loops_that_come_to_stand_side_by_side_become_one() {
        Index offset = Index.of(i).times(4).plus(Index.of(lane));
        assertEquals(
                """
                vector lane in 0..4
                  y[lane] = x[lane]
                  y[lane + 4] = x[lane + 4]
                  y[lane + 8] = x[lane + 8]
                """, expanded(unrolled(Stmt.For.over(lane, LoopKind.VECTOR, List.of(store(offset, load(offset)))))));
    }

    @Test
    void choices_between_constants_are_taken() {
        KernelExpr padded = new KernelExpr.Within(
                Index.of(i).plus(-1), 0, 2, load(Index.of(i)), KernelExpr.constant(0, ElementType.FLOAT32));
        Stmt guarded = new Stmt.If(
                List.of(new Stmt.Condition(Index.of(i), 0, 2), new Stmt.Condition(Index.of(k), 0, 50)),
                List.of(store(Index.of(i), padded)));
        assertEquals("""
            serial k in 0..100
              if 0 <= k < 50
                y[0] = 0.0
              if 0 <= k < 50
                y[1] = x[1]
            """, expanded(Stmt.For.over(k, LoopKind.SERIAL, List.of(unrolled(guarded)))));
    }

    @Test
    void a_condition_on_lanes_stays_only_where_some_are_outside() {
        Index position = Index.of(i).times(4).plus(Index.of(lane));
        Stmt guarded = new Stmt.Store(y, position, load(position), Optional.of(new Stmt.Condition(position, 0, 6)));
        assertEquals("""
            vector lane in 0..4
              y[lane] = x[lane]
              y[lane + 4] = x[lane + 4] where 0 <= lane + 4 < 6
            """, expanded(unrolled(Stmt.For.over(lane, LoopKind.VECTOR, List.of(guarded)))));
    }

    @Test
    void each_copy_of_a_loop_has_registers_of_its_own() {
        KernelArray array = new KernelArray("a", ElementType.FLOAT32, List.of(), 1);
        KernelExpr.Element register = new KernelExpr.Element(array, List.of());
        assertEquals(
                """
                declare a_2 x1
                a_2 = x[0]
                y[0] = a_2
                declare a_3 x1
                a_3 = x[1]
                y[1] = a_3
                declare a_4 x1
                a_4 = x[2]
                y[2] = a_4
                """,
                expanded(unrolled(
                        new Stmt.Allocate(array),
                        new Stmt.Assign(register, load(Index.of(i))),
                        store(Index.of(i), register))));
    }

    @Test
    void a_loop_with_bounds_that_move_stays() {
        Stmt inner = new Stmt.For(i, Index.of(k).clamped(0, 2), Index.of(3), LoopKind.UNROLL, List.of());
        assertEquals("""
            serial k in 0..100
              unroll i in clamp(k, 0, 2)..3
            """, expanded(Stmt.For.over(k, LoopKind.SERIAL, List.of(inner))));
    }

    @Test
    void other_loops_are_written_out_where_that_is_asked_for() {
        Stmt loop = Stmt.For.over(i, LoopKind.SERIAL, List.of(store(Index.of(i), load(Index.of(i)))));
        Kernel kernel = UnrollExpansion.apply(
                SmallKernels.task(List.of(x), y, List.of(loop)),
                any -> any.axis().extent() < 10);
        assertEquals("""
            y[0] = x[0]
            y[1] = x[1]
            y[2] = x[2]
            """, KernelText.of(kernel.body()));
    }

    @ParameterizedTest
    @CsvSource({"true, 3", "true, 2", "false, 2", "false, 1"})
    void an_expanded_convolution_computes_the_same_bits(boolean halo, long columns) {
        Kernel kernel = SmallKernels.convReluPool(halo, columns);
        Kernel expanded = UnrollExpansion.apply(kernel);
        Tensor expected = SmallKernels.result(kernel, 7);
        assertTrue(expected.sameBits(SmallKernels.result(expanded, 7)));
        assertTrue(expected.sameBits(SmallKernels.result(UnrollExpansion.apply(kernel, _ -> true), 7)));
    }
}
