package dev.sinter.frontend.named;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.NearestNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A file that is there, is a file and is not empty.
public record InputFile(Path path, long bytes) {
    private static final int SHOWN = 5;

    /// @throws CompileException if there is no such file; it says what there is instead
    public static InputFile open(Path path) {
        if (Files.isDirectory(path)) {
            List<String> models = names(path).stream()
                    .filter(name -> name.endsWith(".onnx") || name.endsWith(".sir"))
                    .sorted()
                    .limit(SHOWN)
                    .toList();
            throw new CompileException(
                    Code.FILE_READ,
                    path.toString(),
                    "is a folder but a file is expected",
                    models.isEmpty() ? null : "models in it: " + String.join(", ", models));
        }
        if (!Files.exists(path)) {
            throw new CompileException(Code.FILE_MISSING, path.toString(), "there is no such file", nearest(path));
        }
        try {
            return new InputFile(path, Files.size(path));
        } catch (IOException fault) {
            throw unreadable(path, fault);
        }
    }

    private static @Nullable String nearest(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        Path name = path.getFileName();
        if (folder == null || name == null) {
            return null;
        }
        if (!Files.isDirectory(folder)) {
            return "there is no folder " + folder + " either";
        }
        return NearestNames.hint(name.toString(), names(folder)).orElse(null);
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    public static CompileException unreadable(Path path, Throwable fault) {
        return new CompileException(Code.FILE_READ, path.toString(), "cannot be read: " + fault, null, fault);
    }

    /// Up to `most` bytes from the beginning.
    public byte[] head(int most) {
        try (InputStream stream = Files.newInputStream(path)) {
            return stream.readNBytes(most);
        } catch (IOException fault) {
            throw unreadable(path, fault);
        }
    }

    /// The file's name without folder and ending.
    public String stem() {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
