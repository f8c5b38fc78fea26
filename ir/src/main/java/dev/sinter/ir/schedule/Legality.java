package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Stage;

/// What comes of holding a schedule against the rules.
public sealed interface Legality permits Demand, Legality.Illegal {
    /// A schedule that breaks a rule.
    ///
    /// @param stage whose plan does
    /// @param fact how, with the numbers on both sides
    record Illegal(Stage stage, ScheduleRule rule, String fact) implements Legality {
        public CompileException fault() {
            return new CompileException(Code.SCHEDULE_ILLEGAL, stage.name(), fact, rule.sentence());
        }
    }

    /// The demand of a schedule that must be legal.
    ///
    /// @throws CompileException if it is not
    default Demand orThrow() {
        return switch (this) {
            case Demand demand -> demand;
            case Illegal illegal -> throw illegal.fault();
        };
    }
}
