package dev.sinter.cli.option;

import dev.sinter.cli.file.TextArgument;
import dev.sinter.cli.tune.TuningFolder;
import dev.sinter.cli.tune.TuningRemarks;
import dev.sinter.hardware.BundledTuning;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.schedule.TunedDevice;
import dev.sinter.ir.schedule.Tuning;
import dev.sinter.ir.schedule.TuningFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Schedules that were measured to be the fastest.
public final class TuningOptions {
    @Option(
            names = "--tuning",
            paramLabel = "FILE",
            description = "Use schedules that 'sinter tune' found. Default: what it found on this device, and what"
                    + " comes with Sinter.")
    private @Nullable Path tuning;

    @Option(names = "--no-tuning", description = "Use the compiler's own choice of schedules alone.")
    private boolean withoutTuning;

    /// Reads the file that was named, before anything else is done.
    ///
    /// @throws CompileException if it is wrong, or both options were given
    public void check() {
        if (tuning != null) {
            if (withoutTuning) {
                throw new CompileException(
                        Code.OPTION, "--no-tuning", "leaves no use for --tuning", "leave one of them out");
            }
            read(tuning);
        }
    }

    /// The options for compiling on a device of this machine; what comes with the device is found there.
    public CompileOptions in(CompileOptions options, Device device, TuningRemarks remarks) {
        if (withoutTuning) {
            return options.withoutTuning();
        }
        return options.withTuning(given(device.tunedDevice(), Optional.of(TuningFolder.file(device)), remarks));
    }

    /// The options for compiling for what may be elsewhere.
    public CompileOptions in(CompileOptions options, TargetOptions.Chosen chosen, TuningRemarks remarks) {
        if (withoutTuning) {
            return options.withoutTuning();
        }
        Tuning bundled = chosen.device().map(Device::tuning).orElseGet(() -> BundledTuning.of(chosen.target()));
        TunedDevice device =
                chosen.device().map(Device::tunedDevice).orElseGet(() -> TunedDevice.ofModel(chosen.target()));
        Tuning given = given(device, chosen.device().map(TuningFolder::file), remarks);
        return options.withTuning(given.then(bundled));
    }

    /// @param usual where the user's own are kept
    private Tuning given(TunedDevice device, Optional<Path> usual, TuningRemarks remarks) {
        if (tuning != null) {
            return fitting(read(tuning), device, remarks);
        }
        if (usual.filter(Files::exists).isEmpty()) {
            return Tuning.NONE;
        }
        try {
            return fitting(read(usual.get()), device, remarks);
        } catch (CompileException fault) {
            // Nobody asked for it: without it the network is as right.
            remarks.tell(fault.where() + " is ignored: " + fault.fact());
            return Tuning.NONE;
        }
    }

    private static Tuning fitting(TuningFile file, TunedDevice device, TuningRemarks remarks) {
        Tuning.Chosen chosen = Tuning.of(file, device);
        chosen.ignored().forEach(remarks::tell);
        return chosen.tuning();
    }

    private static TuningFile read(Path file) {
        return TuningFile.parse(TextArgument.read(file, "schedules"), file.toString());
    }
}
