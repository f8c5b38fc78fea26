package dev.sinter.backend.tornado;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// A folder on the class path of this process, into which printed classes go: TornadoVM reads class files by the loader
/// of the class path, and knows none that have no file.
final class ClassFolder {
    /// Names the folder.
    static final String PROPERTY = "sinter.tornado.classes";

    private final Path folder;

    private ClassFolder(Path folder) {
        this.folder = folder;
    }

    /// Empty if the process was started without one.
    static Optional<ClassFolder> find() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(folder -> new ClassFolder(Path.of(folder)));
    }

    /// The class of that name, which is written if it is not there.
    ///
    /// @throws UncheckedIOException if it cannot be written
    synchronized Class<?> load(String name, byte[] content) {
        Path file = folder.resolve(name.replace('.', '/') + ".class");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                Path part = Files.createTempFile(file.getParent(), "class", ".part");
                Files.write(part, content);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Class.forName(name, true, ClassLoader.getSystemClassLoader());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (ClassNotFoundException missing) {
            throw new UncheckedIOException(
                    new IOException(folder + " is not on the class path, so " + name + " is not found", missing));
        }
    }

    /// A file beside the classes.
    Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Path part = Files.createTempFile(folder, name, ".part");
        Files.writeString(part, content);
        return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
