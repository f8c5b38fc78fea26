package dev.sinter.ir.file;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A file to be written: aside first and then renamed, so that nobody finds half of it. It keeps the permissions of the
/// file that it replaces. Where its name is a symbolic link, the file that the link leads to is replaced and the link
/// stays, as with what a shell redirects; a link to nothing is refused, as a mistake.
public record OutputFile(Path path) {
    /// Writes a file's content.
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /// Looks whether the file can be written, before any work is done for it.
    ///
    /// @throws CompileException if it is a folder, a link to nothing or read-only, or its folder does not exist or
    ///     cannot be written to
    public static OutputFile at(Path path) {
        if (Files.isDirectory(path)) {
            throw fault(path, "is a folder but a file is to be written", null);
        }
        if (Files.isSymbolicLink(path) && !Files.exists(path)) {
            throw fault(path, "cannot be written: it is a link to " + destination(path) + ", which is not there", null);
        }
        Path target = target(path);
        Path folder = folder(target);
        if (!Files.isDirectory(folder)) {
            String fact = Files.exists(folder) ? folder + " is not a folder" : "there is no folder " + folder;
            throw fault(path, "cannot be written: " + fact, null);
        }
        Path touched = isSpecial(target) ? target : folder;
        if (!Files.isWritable(touched)) {
            throw fault(path, "cannot be written: no permission to write to " + touched, null);
        }
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw fault(path, "cannot be written: it is read-only", null);
        }
        return new OutputFile(path);
    }

    private static String destination(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException failure) {
            return "what cannot be told (" + Failures.reason(failure) + ")";
        }
    }

    /// Where links lead.
    private static Path target(Path path) {
        try {
            return Files.isSymbolicLink(path) ? path.toRealPath() : path;
        } catch (IOException failure) {
            throw fault(path, "cannot be written: " + Failures.reason(failure), failure);
        }
    }

    static Path folder(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }

    /// A terminal or a pipe, which nothing can be renamed to.
    private static boolean isSpecial(Path path) {
        return Files.exists(path) && !Files.isRegularFile(path);
    }

    private static CompileException fault(Path path, String fact, @Nullable IOException cause) {
        return new CompileException(Code.FILE_WRITE, path.toString(), fact, null, cause);
    }

    public void write(String text) {
        write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// @throws CompileException if the disk is full or the like; an older file is then as it was
    public void write(Content content) {
        try {
            if (isSpecial(path)) {
                fill(path, content);
                return;
            }
            Path aside = aside();
            try {
                fill(aside, content);
                publish(aside);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    private static void fill(Path file, Content content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE))) {
            content.write(out);
        }
    }

    /// A new, empty file beside this one, for who writes it piece by piece.
    public Path aside() throws IOException {
        return AsideFile.create(target(path));
    }

    /// Gives a finished file from [#aside()] its name.
    public void publish(Path aside) throws IOException {
        Path target = target(path);
        AsideFile.takePermissions(aside, target);
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public CompileException failed(IOException failure) {
        return fault(path, "cannot be written: " + Failures.reason(failure), failure);
    }
}
