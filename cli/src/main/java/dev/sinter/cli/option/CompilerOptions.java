package dev.sinter.cli.option;

import dev.sinter.cli.tune.TuningRemarks;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Precision;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What the compiler may leave out, for comparing, and which measurements it goes by.
public final class CompilerOptions {
    @Option(names = "--no-fusion", description = "Give every layer kernels of its own.")
    private boolean withoutFusion;

    @Option(names = "--no-passes", description = "Compile the graph as it was imported.")
    private boolean withoutPasses;

    @Mixin
    private TuningOptions tuning = new TuningOptions();

    @Mixin
    private PrecisionOption precision = new PrecisionOption();

    /// Reads what was named before anything else is done.
    ///
    /// @throws dev.sinter.ir.diag.CompileException if it is wrong
    public void check() {
        tuning.check();
    }

    /// @param remarks what is said of measurements that are not used
    public CompileOptions options(Trace trace, Device device, TuningRemarks remarks) {
        return tuning.in(options(trace), device, remarks);
    }

    /// As above, for what may be elsewhere.
    public CompileOptions options(Trace trace, TargetOptions.Chosen chosen, TuningRemarks remarks) {
        return tuning.in(options(trace), chosen, remarks);
    }

    /// @param option whose integers, if it is set, are more than f16 holds exactly
    public void refusePrecisionWith(String option, boolean isSet) {
        if (isSet && precision.chosen() != Precision.FLOAT32) {
            throw new CompileException(
                    Code.OPTION,
                    option,
                    "sums integers up to 2^24 exactly, which --precision " + precision.chosen() + " cannot",
                    "leave one of them out");
        }
    }

    /// Without measurements.
    public CompileOptions options(Trace trace) {
        return new CompileOptions(!withoutFusion, !withoutPasses, false, Optional.empty(), trace)
                .withPrecision(precision.chosen());
    }
}
