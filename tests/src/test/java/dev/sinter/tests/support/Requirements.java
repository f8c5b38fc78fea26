package dev.sinter.tests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// What a test needs and not every machine has: an OpenCL device, a program, data too large for the repository.
///
/// A test that misses such a thing is skipped, and says so. Where it must not be missing, as on the build server, the
/// environment variable `SINTER_REQUIRE` names it (`opencl,oclgrind,shared-data`), and the test fails.
@NullMarked
public final class Requirements {
    /// Networks, data sets and published measurements beside the project.
    public static final String SHARED_DATA = "shared-data";

    private Requirements() {}

    /// Skips the calling test where `present` is false; fails it where `SINTER_REQUIRE` names `facility`.
    ///
    /// @param reason what is missing, as a sentence that may follow "facility: "
    public static void assume(String facility, BooleanSupplier present, String reason) {
        assume(facility, present, reason, System.getenv("SINTER_REQUIRE"));
    }

    static void assume(String facility, BooleanSupplier present, String reason, @Nullable String required) {
        if (present.getAsBoolean()) {
            record(facility);
            return;
        }
        String message = facility + ": " + reason;
        if (names(required).anyMatch(facility::equals)) {
            Assertions.fail(message + " (SINTER_REQUIRE=" + required + ")");
        }
        Assumptions.abort(message);
    }

    /// The folder of networks and data sets, or a skipped test. `SINTER_SHARED_DATA` may name it; otherwise it is
    /// `../shared/data`, seen from the root of the project.
    public static Path sharedData() {
        Path data = sharedData(System.getenv("SINTER_SHARED_DATA"), Path.of(System.getProperty("user.dir")));
        assume(SHARED_DATA, () -> Files.isDirectory(data), "there is no folder " + data);
        return data;
    }

    /// Leaves a folder, by which the build server sees that such tests did run.
    private static void record(String facility) {
        try {
            Files.createDirectories(Path.of("target", "requirements", facility));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folder of the launcher and the samples.
    public static Path projectRoot() {
        Path folder = Path.of(System.getProperty("user.dir"));
        return projectRoot(folder).orElse(folder);
    }

    static Path sharedData(@Nullable String override, Path workingDirectory) {
        if (override != null && !override.isBlank()) {
            return Path.of(override).toAbsolutePath().normalize();
        }
        Path root = projectRoot(workingDirectory).orElse(workingDirectory);
        return root.resolveSibling("shared").resolve("data").toAbsolutePath().normalize();
    }

    /// The innermost folder around `folder` that holds the launcher or a git checkout.
    static Optional<Path> projectRoot(Path folder) {
        return Stream.iterate(folder.toAbsolutePath().normalize(), path -> path != null, Path::getParent)
                .filter(path -> Files.isRegularFile(path.resolve("sinter")) || Files.exists(path.resolve(".git")))
                .findFirst();
    }

    private static Stream<String> names(@Nullable String required) {
        return required == null
                ? Stream.empty()
                : Arrays.stream(required.split(",")).map(String::strip);
    }
}
