package dev.sinter.cli.tune;

import dev.sinter.ir.exec.Device;
import dev.sinter.ir.file.CacheFolder;
import dev.sinter.ir.schedule.TunedDevice;
import java.nio.file.Path;
import java.util.Locale;

/// Where a user's tuning files lie: `tuning` in the cache folder, or the folder that `SINTER_TUNING` names.
public final class TuningFolder {
    private static final String VARIABLE = "SINTER_TUNING";
    private static final int LONGEST_NAME = 40;

    private TuningFolder() {}

    private static Path folder() {
        String own = System.getenv(VARIABLE);
        return own != null && !own.isBlank()
                ? Path.of(own)
                : CacheFolder.base().resolve("sinter").resolve("tuning");
    }

    /// The file for a device, which need not be there. Devices that share no measurements have files of their own.
    public static Path file(Device device) {
        TunedDevice tuned = device.tunedDevice();
        String name = tuned.target().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String shown = name.substring(0, Math.min(name.length(), LONGEST_NAME));
        String exact = String.join(
                "|",
                device.backend(),
                tuned.target(),
                device.name(),
                device.driver(),
                String.valueOf(device.target().computeUnits()));
        return folder().resolve(shown + "-" + String.format(Locale.ROOT, "%08x", exact.hashCode()) + ".txt");
    }
}
