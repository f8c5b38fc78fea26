package dev.sinter.cli.input;

import dev.sinter.cli.file.PathText;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.NearestNames;
import dev.sinter.ir.file.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an option such as `--input` says: a file or folder, and for which input of the network.
record InputPath(Optional<String> slot, Path path) {
    /// @param text `PATH` or, where the network has an input of that name, `NAME=PATH`
    /// @param option the option that it is of, which messages name
    /// @throws CompileException if there is no such file or folder
    static InputPath parse(String text, List<String> inputNames, String option) {
        int equals = text.indexOf('=');
        while (equals > 0) {
            String name = text.substring(0, equals);
            if (inputNames.contains(name)) {
                return new InputPath(Optional.of(name), existing(text.substring(equals + 1)));
            }
            equals = text.indexOf('=', equals + 1);
        }
        try {
            return new InputPath(Optional.empty(), existing(text));
        } catch (CompileException missing) {
            throw text.contains("=") ? unknownName(text, inputNames, option) : missing;
        }
    }

    private static CompileException unknownName(String text, List<String> inputNames, String option) {
        String name = text.substring(0, text.indexOf('='));
        return new CompileException(
                Code.INPUT_NAME,
                option + " " + text,
                "the network has no input '" + name + "'; its inputs are " + String.join(", ", inputNames),
                NearestNames.hint(name, inputNames).orElse(null));
    }

    private static Path existing(String text) {
        Path path = PathText.parse(text);
        if (!Files.exists(path)) {
            throw new CompileException(Code.FILE_MISSING, text, "there is no such file or folder", nearest(path));
        }
        return path;
    }

    private static @Nullable String nearest(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return folder == null ? null : "there is no folder " + folder + " either";
        }
        return NearestNames.hint(String.valueOf(path.getFileName()), namesIn(folder))
                .orElse(null);
    }

    private static List<String> namesIn(Path folder) {
        return entries(folder).stream()
                .map(entry -> String.valueOf(entry.getFileName()))
                .toList();
    }

    /// The files in a folder, by name.
    static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException failure) {
            throw new CompileException(
                    Code.FILE_READ, folder.toString(), "cannot be read: " + Failures.reason(failure), null, failure);
        }
    }
}
