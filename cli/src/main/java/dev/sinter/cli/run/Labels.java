package dev.sinter.cli.run;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.Failures;
import dev.sinter.ir.file.TextFile;
import dev.sinter.ir.type.Tensor;
import dev.sinter.training.data.file.IdxReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What classes are called, and to which of them each sample belongs.
///
/// @param names by class
/// @param truth the class of each sample
public record Labels(Optional<List<String>> names, Optional<Tensor> truth) {
    public static final Labels NONE = new Labels(Optional.empty(), Optional.empty());

    /// @param files a text file has one class name per line, an IDX file has the class of each sample
    /// @throws CompileException if a file is missing or damaged, or there are two of one kind
    public static Labels read(List<Path> files) {
        Labels labels = NONE;
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw Files.exists(file)
                        ? fault(Code.FILE_READ, file, "is no file", null)
                        : fault(Code.FILE_MISSING, file, "there is no such file", null);
            }
            labels = IdxReader.isIdx(file) ? labels.withTruth(file) : labels.withNames(file);
        }
        return labels;
    }

    private Labels withTruth(Path file) {
        if (truth.isPresent()) {
            throw fault(Code.OPTION, file, "is a second file with the classes of samples", null);
        }
        Tensor read = IdxReader.read(file);
        if (read.shape().rank() != 1) {
            throw fault(
                    Code.INPUT_DATA,
                    file,
                    "holds " + read.type() + " but labels have one dimension",
                    "is this the file with the images?");
        }
        return new Labels(names, Optional.of(read));
    }

    private Labels withNames(Path file) {
        if (names.isPresent()) {
            throw fault(Code.OPTION, file, "is a second file with class names", null);
        }
        try {
            List<String> lines = new ArrayList<>(TextFile.read(file).lines().toList());
            while (!lines.isEmpty() && lines.getLast().isBlank()) {
                lines.removeLast();
            }
            return new Labels(Optional.of(lines.stream().map(String::strip).toList()), truth);
        } catch (MalformedInputException _) {
            throw fault(Code.INPUT_DATA, file, "is neither text in UTF-8 nor an IDX file", null);
        } catch (IOException failure) {
            throw fault(Code.FILE_READ, file, "cannot be read: " + Failures.reason(failure), null);
        }
    }

    private static CompileException fault(Code code, Path file, String fact, @Nullable String hint) {
        return new CompileException(code, file.toString(), fact, hint);
    }

    /// Whether anything is known of classes.
    public boolean isPresent() {
        return names.isPresent() || truth.isPresent();
    }

    /// @throws CompileException if there are not as many labels as samples or names as classes
    public void requireFit(long samples, int classes) {
        truth.filter(classesOfSamples -> classesOfSamples.shape().elements() != samples)
                .ifPresent(found -> {
                    throw new CompileException(
                            Code.INPUT_DATA,
                            "--labels",
                            "has the classes of " + found.shape().elements() + " samples but there are " + samples,
                            null);
                });
        names.filter(list -> list.size() != classes).ifPresent(list -> {
            throw new CompileException(
                    Code.INPUT_DATA,
                    "--labels",
                    "has " + list.size() + " class names but the network has " + classes + " classes",
                    "one name per line, in the order of the network's output");
        });
    }

    /// The name of a class, or its number.
    public String name(int label) {
        return names.map(list -> list.get(label)).orElse(String.valueOf(label));
    }

    /// The class that a sample belongs to, if that is known.
    public Optional<Long> truth(long sample) {
        return truth.map(labels -> labels.getLong(sample));
    }
}
