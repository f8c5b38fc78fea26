package dev.sinter.cli.file;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Paths as users write them.
public final class PathText {
    private PathText() {}

    /// @throws CompileException if the system has no such names
    public static Path parse(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new CompileException(
                    Code.FILE_MISSING,
                    text,
                    "is no valid path: " + invalid.getReason(),
                    hint(System.getProperty("sun.jnu.encoding", "")),
                    invalid);
        }
    }

    /// @param encoding that of file names, which Java takes from the locale
    static @Nullable String hint(String encoding) {
        return encoding.toUpperCase(Locale.ROOT).startsWith("UTF")
                ? null
                : "the locale has no such characters (" + encoding + "); set LC_ALL=C.UTF-8";
    }
}
