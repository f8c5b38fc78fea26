package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Stage;

/// What comes of holding a schedule against the rules.
public sealed interface Legality permits Demand, Legality.Illegal {
    /// A schedule that breaks a rule.
    ///
    /// @param stage whose plan does
    /// @param fact how, with the numbers on both sides
    record Illegal(Stage stage, Rule rule, String fact) implements Legality {}
}
