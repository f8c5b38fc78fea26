package dev.sinter.backend.jvm;

import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import java.util.List;

/// What happens to a register first.
final class FirstUse {
    private FirstUse() {}

    private enum Use {
        NONE,
        ASSIGNED,
        OTHER
    }

    /// True if the first statement that uses a single register gives it a value in any case.
    static boolean assigns(KernelArray array, List<Stmt> statements) {
        return of(array, statements) == Use.ASSIGNED;
    }

    private static Use of(KernelArray array, List<Stmt> statements) {
        for (Stmt statement : statements) {
            Use use = switch (statement) {
                case Stmt.Allocate _, Stmt.Barrier _, Stmt.ChannelWrite _, Stmt.ChannelRead _ -> Use.NONE;
                case Stmt.For loop when loop.kind() instanceof LoopKind.Vector -> of(array, loop.body());
                // Bodies of these may be left out.
                case Stmt.For loop -> of(array, loop.body()) == Use.NONE ? Use.NONE : Use.OTHER;
                case Stmt.If(_, List<Stmt> body) -> of(array, body) == Use.NONE ? Use.NONE : Use.OTHER;
                case Stmt.Let(_, KernelExpr value, List<Stmt> body) ->
                    reads(array, value) ? Use.OTHER : of(array, body);
                case Stmt.Assign(KernelExpr.Element target, KernelExpr value) ->
                    reads(array, value) ? Use.OTHER : target.array() == array ? Use.ASSIGNED : Use.NONE;
                case Stmt.Store store -> reads(array, store.value()) ? Use.OTHER : Use.NONE;
            };
            if (use != Use.NONE) {
                return use;
            }
        }
        return Use.NONE;
    }

    private static boolean reads(KernelArray array, KernelExpr value) {
        boolean[] found = {false};
        value.forEach(part -> found[0] |= part instanceof KernelExpr.Element register && register.array() == array);
        return found[0];
    }
}
