package dev.sinter.ir.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Allocations;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.type.ElementType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Vectors become loops over single numbers.
class LanesAsLoopsTest {
    private static final Axis LANES = new Axis("c", 4);
    private static final Buffer X = new Buffer("x0", ElementType.FLOAT32, 8);
    private static final Buffer Y = new Buffer("y0", ElementType.FLOAT32, 8);

    private static Kernel kernel(Stmt... body) {
        Stmt vector = Stmt.For.over(LANES, LoopKind.VECTOR, List.of(body));
        return new Kernel("k", "k", List.of(), new Launch.SingleTask(), List.of(vector));
    }

    @Test
    void a_vector_in_a_register_is_an_array_with_an_element_for_each_lane() {
        KernelArray register = new KernelArray("v", ElementType.FLOAT32, List.of(), 4);
        KernelExpr.Element element = new KernelExpr.Element(register, List.of());
        List<Stmt> body = LanesAsLoops.apply(kernel(
                        new Stmt.Allocate(register),
                        new Stmt.Assign(element, new KernelExpr.Load(X, Index.of(LANES))),
                        new Stmt.Store(Y, Index.of(LANES), element, Optional.empty())))
                .body();
        KernelArray array = Allocations.in(body).findFirst().orElseThrow();
        assertEquals(List.of(4L), array.extents());
        assertEquals(1, array.lanes());
        // Each statement runs for all lanes before the next one does.
        assertEquals(3, body.size());
        assertTrue(body.subList(1, 3).stream()
                .allMatch(statement -> statement instanceof Stmt.For loop
                        && loop.kind() instanceof LoopKind.Unroll
                        && loop.axis() == LANES));
    }

    @Test
    void what_is_the_same_for_all_lanes_is_computed_once() {
        KernelArray sum = new KernelArray("acc", ElementType.FLOAT32, List.of(2L), 1);
        KernelExpr.Element first = new KernelExpr.Element(sum, List.of(Index.ZERO));
        Stmt add = new Stmt.Assign(first, new KernelExpr.Load(X, Index.ZERO));
        assertEquals(List.of(add), LanesAsLoops.apply(kernel(add)).body());
    }

    @Test
    void lanes_that_are_not_stored_are_guarded_one_by_one() {
        Stmt.Condition guard = new Stmt.Condition(Index.of(LANES), 0, 3);
        Stmt store = new Stmt.Store(Y, Index.of(LANES), new KernelExpr.Load(X, Index.of(LANES)), Optional.of(guard));
        Stmt only = LanesAsLoops.apply(kernel(store)).body().getFirst();
        assertTrue(only instanceof Stmt.For loop
                && loop.body().getFirst() instanceof Stmt.If guarded
                && guarded.conditions().equals(List.of(guard)));
    }
}
