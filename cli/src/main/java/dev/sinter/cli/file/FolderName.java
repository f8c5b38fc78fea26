package dev.sinter.cli.file;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.Failures;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Folders that results are written to.
public final class FolderName {
    private FolderName() {}

    /// Makes a folder unless it is there.
    ///
    /// @throws CompileException if it is a file, or cannot be made or written to
    public static Path make(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw fault(folder, "is a file but a folder is to be written", null);
        }
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException file) {
            throw fault(folder, "cannot be made: " + file.getMessage() + " is a file", null);
        } catch (IOException failure) {
            throw fault(folder, "cannot be made: " + Failures.reason(failure), null);
        }
        if (!Files.isWritable(folder)) {
            throw fault(folder, "cannot be written to: no permission", null);
        }
        return folder;
    }

    /// Looks whether a folder can be written to, before any work is done for it: it is not there and can be made, or is
    /// there and holds nothing.
    ///
    /// @param force takes one that holds something as well
    /// @throws CompileException otherwise
    public static void requireWritable(Path folder, boolean force) {
        Path existing = Files.exists(folder) ? folder.toAbsolutePath() : nearest(folder);
        if (!Files.isDirectory(existing)) {
            throw fault(folder, "cannot be written: " + existing + " is a file", null);
        }
        if (!Files.isWritable(existing)) {
            throw fault(folder, "cannot be written: no permission to write to " + existing, null);
        }
        if (force || !Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            long found = entries.count();
            if (found > 0) {
                throw fault(
                        folder,
                        "holds " + found + (found == 1 ? " file" : " files") + " already",
                        "--force writes into it all the same");
            }
        } catch (IOException failure) {
            throw fault(folder, "cannot be read: " + Failures.reason(failure), null);
        }
    }

    /// The nearest of those around a file or folder that is there.
    public static Path nearest(Path path) {
        Path around = path.toAbsolutePath().normalize();
        do {
            Path parent = around.getParent();
            if (parent == null) {
                return around;
            }
            around = parent;
        } while (!Files.exists(around));
        return around;
    }

    private static CompileException fault(Path folder, String fact, @Nullable String hint) {
        return new CompileException(Code.FILE_WRITE, folder.toString(), fact, hint);
    }
}
