package dev.sinter.ir.file;

import java.nio.file.Path;

/// Where a user keeps what can be made again, after the XDG base directory specification
/// (<https://specifications.freedesktop.org/basedir-spec/latest/>).
public final class CacheFolder {
    private CacheFolder() {}

    public static Path base() {
        String shared = System.getenv("XDG_CACHE_HOME");
        return shared != null && !shared.isBlank()
                ? Path.of(shared)
                : Path.of(System.getProperty("user.home", "."), ".cache");
    }
}
