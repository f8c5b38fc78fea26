package dev.sinter.ir.plan;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.kernel.Identifiers;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.Layouts;
import dev.sinter.ir.kernel.Lowering;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Schedule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The schedule of the fewest kernels that is legal and whose kernels keep no more in registers than there is room for.
final class FirstLegal {
    private FirstLegal() {}

    /// @param registers how many numbers a work-item may keep
    /// @param schedule what to do with the group once the stages in memory are known
    static Schedule of(Group group, Layouts layouts, long registers, Function<Set<Stage>, Schedule> schedule) {
        return Cuts.of(group).stream()
                .map(schedule)
                .filter(candidate -> suits(group, layouts, registers, candidate))
                .findFirst()
                .orElseGet(() -> schedule.apply(Cuts.safest(group)));
    }

    private static boolean suits(Group group, Layouts layouts, long registers, Schedule candidate) {
        try {
            Map<Stage, Source> stored = Lowering.stored(group, candidate);
            return Lowering.lower(group, candidate, stored, layouts, new Identifiers()).stream()
                    .map(Kernel::body)
                    .allMatch(body -> kept(body) <= registers);
        } catch (CompileException illegal) {
            if (illegal.code() != Code.SCHEDULE_ILLEGAL) {
                throw illegal;
            }
            return false;
        }
    }

    private static long kept(List<Stmt> statements) {
        long sum = 0;
        for (Stmt statement : statements) {
            sum += switch (statement) {
                case Stmt.Declare(var array) -> array.elements() * array.lanes();
                case Stmt.For loop -> kept(loop.body());
                case Stmt.If(_, List<Stmt> body) -> kept(body);
                case Stmt.Assign _, Stmt.Store _ -> 0;
            };
        }
        return sum;
    }
}
