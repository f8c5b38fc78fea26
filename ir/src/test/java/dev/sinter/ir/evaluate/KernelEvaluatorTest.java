package dev.sinter.ir.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.kernel.SmallKernels;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelEvaluatorTest {
    private final Buffer x = SmallKernels.floats("x", 4);
    private final Buffer y = SmallKernels.floats("y", 4);
    private final Axis i = new Axis("i", 4);

    private static Stmt store(Buffer buffer, Index offset, KernelExpr value) {
        return new Stmt.Store(buffer, offset, value, Optional.empty());
    }

    private KernelExpr load(Index offset) {
        return new KernelExpr.Load(x, offset);
    }

    private static KernelExpr number(double value) {
        return KernelExpr.constant(value, ElementType.FLOAT32);
    }

    private Map<Buffer, HostMemory> memory(float... input) {
        Map<Buffer, HostMemory> memory = new HashMap<>();
        memory.put(x, HostMemory.ofFloats(input));
        memory.put(y, HostMemory.unwritten(ElementType.FLOAT32, 4));
        return memory;
    }

    private Kernel items(Stmt... body) {
        return new Kernel(
                "items",
                "items",
                SmallKernels.arguments(List.of(x), y),
                new Launch.NdRange(List.of(new Launch.Dimension(i, new Axis("one", 1)))),
                List.of(body));
    }

    private Kernel vector(Stmt... body) {
        return SmallKernels.task(List.of(x), y, List.of(Stmt.For.over(i, LoopKind.VECTOR, List.of(body))));
    }

    private Finding onlyFinding(Kernel kernel) {
        EvaluationReport report = KernelEvaluator.run(kernel, memory(1, 2, 3, 4));
        assertEquals(1, report.total(), report.toString());
        return report.findings().getFirst();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_fused_convolution_is_what_plain_loops_compute(boolean halo) {
        Kernel kernel = SmallKernels.convReluPool(halo, 2);
        Map<Buffer, HostMemory> memory = SmallKernels.memory(kernel, 1);
        EvaluationReport report = KernelEvaluator.run(kernel, memory);
        assertTrue(report.isClean(), report.toString());

        Map<String, Tensor> tensors = new HashMap<>();
        kernel.arguments()
                .forEach(argument -> tensors.put(
                        argument.source().name(), memory.get(argument.buffer()).toTensor(argument.layout())));
        Tensor output = tensors.get(kernel.outputs().getFirst().source().name());
        assertArrayEquals(
                plainConvReluPool(
                        tensors.get("x").toFloats(),
                        tensors.get("w").toFloats(),
                        tensors.get("b").toFloats()),
                output.toFloats());
    }

    private static float[] plainConvReluPool(float[] x, float[] w, float[] b) {
        float[] y = new float[6 * 3 * 3];
        for (int point = 0; point < 6 * 6 * 6; point++) {
            int column = point % 6;
            int row = point / 6 % 6;
            int channel = point / 36;
            float sum = b[channel];
            for (int k = 0; k < 5 * 9; k++) {
                int h = row + k / 3 % 3 - 1;
                int v = column + k % 3 - 1;
                if (h >= 0 && h < 7 && v >= 0 && v < 7) {
                    sum += x[k / 9 * 49 + h * 7 + v] * w[channel * 45 + k];
                }
            }
            int pooled = channel * 9 + row / 2 * 3 + column / 2;
            y[pooled] = Math.max(y[pooled], sum);
        }
        return y;
    }

    @Test
    void a_load_outside_of_a_buffer_is_found_with_the_place() {
        Finding finding =
                onlyFinding(items(store(y, Index.of(i), load(Index.of(i).plus(1)))));
        assertEquals(new Finding.OutsideBuffer("items", Map.of("i", 3L), x, 4, false), finding);
    }

    @Test
    void a_store_outside_of_a_buffer_is_found() {
        Finding finding = onlyFinding(items(store(y, Index.of(i).plus(-1), number(1))));
        assertEquals(new Finding.OutsideBuffer("items", Map.of("i", 0L), y, -1, true), finding);
    }

    @Test
    void what_within_guards_is_not_evaluated() {
        KernelExpr guarded =
                new KernelExpr.Within(Index.of(i), 1, 4, load(Index.of(i).plus(-1)), number(7));
        Map<Buffer, HostMemory> memory = memory(1, 2, 3, 4);
        EvaluationReport report = KernelEvaluator.run(items(store(y, Index.of(i), guarded)), memory);
        assertTrue(report.isClean(), report.toString());
        assertEquals(7, memory.get(y).get(0));
        assertEquals(3, memory.get(y).get(3));
    }

    @Test
    void both_values_of_a_select_are_evaluated() {
        KernelExpr chosen = new KernelExpr.Select(
                Expr.Comparison.LESS,
                number(1),
                number(2),
                number(5),
                load(Index.of(i).plus(-1)));
        assertInstanceOf(Finding.OutsideBuffer.class, onlyFinding(items(store(y, Index.of(i), chosen))));
    }

    @Test
    void a_result_from_memory_that_nothing_wrote_is_found() {
        Map<Buffer, HostMemory> memory = memory(0, 0, 0, 0);
        memory.put(x, HostMemory.unwritten(ElementType.FLOAT32, 4));
        memory.get(x).set(0, 1);
        memory.get(x).set(1, 1);
        memory.get(x).set(3, 1);
        EvaluationReport report = KernelEvaluator.run(
                items(store(y, Index.of(i), load(Index.of(i)).times(number(0)))), memory);
        assertEquals(List.of(new Finding.Undefined("items", Map.of("i", 2L), y, 2)), report.findings());
    }

    @Test
    void a_result_from_a_register_that_nothing_set_is_found() {
        KernelArray array = new KernelArray("a", ElementType.FLOAT32, List.of(2L), 1);
        Kernel kernel = items(
                new Stmt.Allocate(array),
                new Stmt.Assign(new KernelExpr.Element(array, List.of(Index.ZERO)), number(1)),
                store(
                        y,
                        Index.of(i),
                        new KernelExpr.Element(array, List.of(Index.of(i).dividedBy(3)))));
        assertEquals(new Finding.Undefined("items", Map.of("i", 3L), y, 3), onlyFinding(kernel));
    }

    @Test
    void lanes_beyond_the_tensor_may_hold_anything() {
        Kernel kernel = SmallKernels.convReluPool(true, 3);
        Map<Buffer, HostMemory> memory = SmallKernels.memory(kernel, 2);
        assertTrue(KernelEvaluator.run(kernel, memory).isClean());
        HostMemory output = memory.get(kernel.outputs().getFirst().buffer());
        assertTrue(output.isWritten(0));
        // Channels 6 and 7 are computed from weights that nothing wrote.
        assertFalse(output.isWritten(output.elements() - 1));
    }

    @Test
    void two_work_items_that_write_one_element_race() {
        Finding finding = onlyFinding(items(store(y, Index.of(i).clamped(0, 2), number(1))));
        assertEquals(new Finding.Race("items", Map.of("i", 3L), y, 2, 2, 3), finding);
    }

    @Test
    void a_work_item_that_reads_what_another_writes_races() {
        KernelExpr before = new KernelExpr.Load(y, Index.of(i).plus(-1));
        Kernel kernel = items(store(y, Index.of(i), new KernelExpr.Within(Index.of(i), 3, 4, before, number(1))));
        assertEquals(new Finding.Race("items", Map.of("i", 3L), y, 2, 2, 3), onlyFinding(kernel));
    }

    @Test
    void a_register_outside_of_its_array_is_found() {
        KernelArray array = new KernelArray("a", ElementType.FLOAT32, List.of(3L), 1);
        Kernel kernel = items(
                new Stmt.Allocate(array),
                new Stmt.Assign(new KernelExpr.Element(array, List.of(Index.of(i))), number(1)),
                store(y, Index.of(i), number(1)));
        assertEquals(new Finding.OutsideArray("items", Map.of("i", 3L), array, List.of(3L)), onlyFinding(kernel));
    }

    @Test
    void a_vector_statement_reads_all_lanes_before_it_writes_any() {
        Map<Buffer, HostMemory> memory = memory(1, 2, 3, 4);
        Index reversed = Index.of(3).minus(Index.of(i));
        Kernel kernel = vector(
                store(y, Index.of(i), load(Index.of(i))), store(y, Index.of(i), new KernelExpr.Load(y, reversed)));
        assertTrue(KernelEvaluator.run(kernel, memory).isClean());
        assertArrayEquals(
                new float[] {4, 3, 2, 1},
                memory.get(y).toTensor(kernel.outputs().getFirst().layout()).toFloats());
    }

    @Test
    void only_the_lanes_named_are_stored() {
        Map<Buffer, HostMemory> memory = memory(1, 2, 3, 4);
        Stmt.Condition condition = new Stmt.Condition(Index.of(i).times(2), 0, 3);
        KernelEvaluator.run(vector(new Stmt.Store(y, Index.of(i), load(Index.of(i)), Optional.of(condition))), memory);
        assertTrue(memory.get(y).isWritten(1));
        assertFalse(memory.get(y).isWritten(2));
    }

    @Test
    void multiply_add_is_rounded_once_and_its_parts_are_not() {
        float a = 1 + 0x1p-12f;
        Map<Buffer, HostMemory> memory = memory(a, 0, 0, 0);
        KernelExpr factor = load(Index.ZERO);
        KernelExpr square = new KernelExpr.MultiplyAdd(factor, factor, number(-1));
        Kernel kernel = SmallKernels.task(List.of(x), y, List.of(store(y, Index.ZERO, square)));
        KernelEvaluator.run(kernel, memory);
        assertEquals(Math.fma(a, a, -1f), memory.get(y).get(0));
        assertNotEquals(a * a - 1, Math.fma(a, a, -1f));
    }
}
