package dev.sinter.cli.tune;

import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.plan.Plan;
import dev.sinter.ir.plan.UnfitTuning;
import java.util.List;

/// What is said of measured schedules that are not used; nothing if `quiet`.
public record TuningRemarks(Terminal terminal, boolean quiet) {
    private static final int MOST = 5;

    /// Says which of those that a network was given do not fit it, and why.
    public void tell(Plan plan) {
        List<UnfitTuning> unfit = plan.unfit();
        unfit.stream().limit(MOST).forEach(one -> tell(one.toString()));
        if (unfit.size() > MOST) {
            tell("and " + (unfit.size() - MOST) + " more are ignored");
        }
    }

    public void tell(String remark) {
        if (!quiet) {
            terminal.err().println("tuning: " + remark);
        }
    }
}
