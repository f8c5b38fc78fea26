package dev.sinter.frontend.named;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// A file to be written: aside first and then renamed, so that nobody finds half of it.
public record OutputFile(Path path) {
    /// Writes a file's content.
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /// @throws CompileException if it is a folder, or its folder does not exist
    public static OutputFile at(Path path) {
        if (Files.isDirectory(path)) {
            throw fault(path, "is a folder but a file is to be written", null);
        }
        Path folder = folder(path);
        if (!Files.isDirectory(folder)) {
            String fact = Files.exists(folder) ? folder + " is not a folder" : "there is no folder " + folder;
            throw fault(path, "cannot be written: " + fact, null);
        }
        return new OutputFile(path);
    }

    private static Path folder(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }

    private static CompileException fault(Path path, String fact, @Nullable IOException cause) {
        return new CompileException(Code.FILE_WRITE, path.toString(), fact, null, cause);
    }

    /// @throws CompileException if there is no permission, the disk is full or the like; an older file is then as it
    ///     was
    public void write(Content content) {
        try {
            // A terminal or a pipe, which nothing can be renamed to.
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                fill(path, content);
                return;
            }
            Path aside = aside();
            try {
                fill(aside, content);
                Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException failure) {
            throw fault(path, "cannot be written: " + reason(failure), failure);
        }
    }

    /// Not a temporary file of the library's, which nobody else may read.
    private Path aside() {
        String unique = Long.toHexString(ProcessHandle.current().pid()) + "-" + Long.toHexString(System.nanoTime());
        return folder(path).resolve("." + path.getFileName() + "." + unique + ".part");
    }

    private static void fill(Path file, Content content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            content.write(out);
        }
    }

    /// In words: the file system's exceptions often hold a path only.
    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no file can be made in its folder";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> failure.toString();
        };
    }
}
