package dev.sinter.cli.hardware;

import dev.sinter.cli.file.FolderName;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder that files are made in beside the one that they are for: they are moved there at the end. If there is no
/// such end, since the work fails or the process is told to end, nothing is left.
public final class SynthesisFolder implements AutoCloseable {
    private final Path target;
    private final Path aside;
    private final Thread atExit;

    private SynthesisFolder(Path target, Path aside) {
        this.target = target;
        this.aside = aside;
        this.atExit = new Thread(this::abandon);
    }

    /// @throws CompileException if it cannot be made
    public static SynthesisFolder beside(Path target) {
        try {
            Path aside = Files.createTempDirectory(FolderName.nearest(target), ".sinter-");
            SynthesisFolder folder = new SynthesisFolder(target, aside);
            Runtime.getRuntime().addShutdownHook(folder.atExit);
            return folder;
        } catch (IOException failure) {
            throw fault(target, failure);
        }
    }

    /// What is wrong where a file of a folder cannot be written.
    public static CompileException fault(Path folder, IOException failure) {
        return new CompileException(
                Code.FILE_WRITE, folder.toString(), "cannot be written: " + Failures.reason(failure), null);
    }

    /// Where files are made.
    public Path path() {
        return aside;
    }

    /// Moves all files to where they are for.
    ///
    /// @return their names, in order
    /// @throws CompileException if one cannot be moved
    public List<String> finish() {
        try (Stream<Path> entries = Files.list(aside)) {
            List<Path> files = entries.sorted().toList();
            FolderName.make(target);
            for (Path file : files) {
                Files.move(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            return files.stream().map(file -> file.getFileName().toString()).toList();
        } catch (IOException failure) {
            throw fault(target, failure);
        }
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // It is about to run, and finds nothing.
        }
    }

    /// Ends what still writes there, and deletes all.
    private void abandon() {
        List<ProcessHandle> tools = ProcessHandle.current().descendants().toList();
        tools.forEach(ProcessHandle::destroyForcibly);
        tools.forEach(tool -> tool.onExit().join());
        delete();
    }

    private void delete() {
        if (!Files.exists(aside)) {
            return;
        }
        try (Stream<Path> files = Files.walk(aside)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            // What is left is hidden, and says by its name whose it is.
        }
    }
}
