package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A program of others that reads what is written here.
///
/// @param program its name, as it is on the path
/// @param debianPackage the package that has it
record Tool(String program, String debianPackage) {
    private static final long MINUTES = 20;

    /// As much of what a program says when it fails is shown.
    private static final int MOST_SHOWN = 2000;

    /// True if it is on the path.
    boolean isThere() {
        return file().isPresent();
    }

    /// Where it is.
    private Optional<Path> file() {
        @Nullable String path = System.getenv("PATH");
        return path == null
                ? Optional.empty()
                : Stream.of(path.split(File.pathSeparator))
                        .map(folder -> Path.of(folder).resolve(program))
                        .filter(Files::isExecutable)
                        .findFirst();
    }

    /// A file that comes with it.
    ///
    /// @param path from the folder of its data
    /// @throws CompileException if there is none
    Path data(String path) throws IOException {
        require();
        // As yosys itself finds its data: beside the folder of programs.
        Path file = file().orElseThrow()
                .toRealPath()
                .resolveSibling("../share/" + program)
                .resolve(path)
                .normalize();
        if (!Files.isReadable(file)) {
            throw fault("has no file " + file, "the package " + debianPackage + " of Debian and Ubuntu has it");
        }
        return file;
    }

    /// @throws CompileException if it is not on the path
    void require() {
        if (!isThere()) {
            throw fault("is not on the path", "the package " + debianPackage + " of Debian and Ubuntu has it");
        }
    }

    CompileException fault(String fact, @Nullable String hint) {
        return new CompileException(Code.FPGA_TOOL, program, fact, hint);
    }

    /// Runs it.
    ///
    /// @param log the file in the folder that has what it says
    /// @return what it said
    /// @throws CompileException if it fails; it has what the program said
    String run(Path folder, String log, List<String> arguments) throws IOException {
        Outcome outcome = outcome(folder, log, arguments);
        if (outcome.code() != 0) {
            String said = outcome.said();
            throw failed(outcome, said.substring(Math.max(0, said.length() - MOST_SHOWN)));
        }
        return outcome.said();
    }

    /// @param said what it said of that
    CompileException failed(Outcome outcome, String said) {
        return fault("failed with exit code " + outcome.code() + ": " + said, null);
    }

    /// How a program ended.
    record Outcome(int code, String said) {}

    /// Runs it in a folder, and ends it and all that it started if it takes too long or this thread is interrupted.
    Outcome outcome(Path folder, String log, List<String> arguments) throws IOException {
        require();
        List<String> command = new ArrayList<>();
        command.add(program);
        command.addAll(arguments);
        Path file = folder.resolve(log);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(file.toFile())
                .start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw fault("did not end within " + MINUTES + " minutes", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw fault("was interrupted", null);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), Files.readString(file));
    }
}
