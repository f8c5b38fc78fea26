package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.kernel.Identifiers;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.lower.Lowering;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Legality;
import dev.sinter.ir.schedule.Schedule;
import java.util.List;
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
        return Kernels.of(group, Kernels.stored(group, candidate::stores)).stream()
                .map(part -> Lowering.check(part, candidate, layouts))
                .allMatch(legality -> switch (legality) {
                    case Legality.Illegal _ -> false;
                    case Demand demand ->
                        kept(Lowering.lower(demand, layouts, new Identifiers()).body()) <= registers;
                });
    }

    private static long kept(List<Stmt> statements) {
        long sum = 0;
        for (Stmt statement : statements) {
            sum += switch (statement) {
                case Stmt.Allocate(var array) -> array.isShared() ? 0 : array.elements() * array.lanes();
                case Stmt.For loop -> kept(loop.body());
                case Stmt.If(_, List<Stmt> body) -> kept(body);
                case Stmt.Barrier _, Stmt.Assign _, Stmt.Store _, Stmt.ChannelWrite _, Stmt.ChannelRead _ -> 0;
            };
        }
        return sum;
    }
}
