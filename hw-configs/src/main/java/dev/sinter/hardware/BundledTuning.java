package dev.sinter.hardware;

import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.schedule.TunedDevice;
import dev.sinter.ir.schedule.Tuning;
import dev.sinter.ir.schedule.TuningFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Schedules that were measured on some device models, beside the hardware files: `NAME.tuning` for `NAME.yaml`.
///
/// Their tables name neither device nor driver, nor the version of Sinter, which is the one that they come with.
public final class BundledTuning {
    private static final String ENDING = ".tuning";
    private static final Map<String, Tuning> READ = new ConcurrentHashMap<>();

    private BundledTuning() {}

    /// What there is for a device model; often nothing.
    public static Tuning of(Target target) {
        return READ.computeIfAbsent(
                target.name(),
                model -> HardwareConfigs.bundled().all().stream()
                        .filter(config -> config.target().name().equals(model))
                        .flatMap(config -> file(config.name()).stream())
                        .map(file ->
                                Tuning.of(file, TunedDevice.ofModel(target)).tuning())
                        .findFirst()
                        .orElse(Tuning.NONE));
    }

    /// The file beside the hardware file of that name, if there is one.
    ///
    /// @throws dev.sinter.ir.diag.CompileException if it is wrong
    static Optional<TuningFile> file(String name) {
        try (InputStream file = BundledTuning.class.getResourceAsStream(name + ENDING)) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(
                            TuningFile.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8), name + ENDING));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
