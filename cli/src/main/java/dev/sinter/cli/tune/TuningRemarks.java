package dev.sinter.cli.tune;

import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.plan.Plan;
import dev.sinter.ir.plan.UnfitTuning;
import java.util.List;

/// What is said of measured schedules that a network was given.
public final class TuningRemarks {
    private static final int MOST = 5;

    private TuningRemarks() {}

    /// Says which could not be used, and why.
    public static void tell(Plan plan, Terminal terminal, boolean quiet) {
        List<UnfitTuning> unfit = plan.unfit();
        if (quiet || unfit.isEmpty()) {
            return;
        }
        unfit.stream().limit(MOST).forEach(one -> terminal.err().println("tuning: " + one));
        if (unfit.size() > MOST) {
            terminal.err().println("tuning: and " + (unfit.size() - MOST) + " more are ignored");
        }
    }
}
