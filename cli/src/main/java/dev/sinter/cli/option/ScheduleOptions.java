package dev.sinter.cli.option;

import dev.sinter.cli.file.TextArgument;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.schedule.ScheduleFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Schedules that somebody wrote, in place of those that the compiler chooses.
public final class ScheduleOptions {
    @Option(
            names = "--schedule",
            paramLabel = "FILE",
            description = "Use the schedules in a file such as 'sinter inspect MODEL --schedules' prints. Steps that it"
                    + " does not name keep the compiler's choice.")
    private @Nullable Path schedule;

    /// @throws CompileException if the file cannot be read, or has anything but schedules
    public ScheduleFile read() {
        return schedule == null
                ? ScheduleFile.NONE
                : ScheduleFile.parse(TextArgument.read(schedule, "schedules"), schedule.toString());
    }
}
