package dev.sinter.cli.tune;

import dev.sinter.cli.file.TextArgument;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.BuildVersion;
import dev.sinter.ir.file.Failures;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.file.PrivateFolder;
import dev.sinter.ir.schedule.TunedDevice;
import dev.sinter.ir.schedule.TunedKernel;
import dev.sinter.ir.schedule.Tuning;
import dev.sinter.ir.schedule.TuningFile;
import dev.sinter.ir.schedule.TuningTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A tuning file that grows: it is whole after each schedule that is kept, whatever ends the process.
public final class TuningStore {
    private final OutputFile file;
    private final TunedDevice device;

    private TuningStore(OutputFile file, TunedDevice device) {
        this.file = file;
        this.device = device;
    }

    /// @throws CompileException if the file is there and wrong, or cannot be written
    public static TuningStore at(Path path, TunedDevice device) {
        TuningStore store = new TuningStore(OutputFile.at(path), device);
        store.read();
        return store;
    }

    /// As above, in a folder that is made if it is not there.
    public static TuningStore inFolder(Path path, TunedDevice device) {
        Path folder = path.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                PrivateFolder.make(folder);
            }
        } catch (IOException failure) {
            throw new CompileException(
                    Code.FILE_WRITE,
                    String.valueOf(folder),
                    "cannot be made: " + Failures.reason(failure),
                    "--out names another file",
                    failure);
        }
        return at(path, device);
    }

    public Path path() {
        return file.path();
    }

    /// What this version of Sinter measured on the device.
    public Tuning known() {
        return Tuning.of(table(read()).kernels());
    }

    /// Keeps a schedule, in the place of one for the same form. What others have written meanwhile stays.
    public void keep(TunedKernel kernel) {
        TuningFile now = read();
        file.write(now.with(table(now).with(kernel)).print());
    }

    private TuningFile read() {
        Path path = file.path();
        return Files.isRegularFile(path)
                ? TuningFile.parse(TextArgument.read(path, "schedules"), path.toString())
                : TuningFile.empty(path.toString());
    }

    private TuningTable table(TuningFile now) {
        Optional<String> version = Optional.of(BuildVersion.text());
        return now.tables().stream()
                .filter(table -> table.device().equals(device) && table.sinter().equals(version))
                .findFirst()
                .orElseGet(() -> new TuningTable(device, version, List.of()));
    }
}
