package dev.sinter.training;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.Failures;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.type.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The checkpoint of one training, on disk.
///
/// @param fingerprint of the training that it has to belong to
record CheckpointFile(Path path, Fingerprint fingerprint) {
    /// What was saved last; empty if there is no file.
    ///
    /// @param epochs how many the whole training has: more than when it was saved, perhaps
    /// @throws CompileException if it is no checkpoint, damaged, that of another training, or of more epochs
    Optional<Checkpoint> read(int epochs) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.read(Files.readAllBytes(path), path.toString());
        } catch (IOException failure) {
            throw new CompileException(
                    Code.FILE_READ, path.toString(), "cannot be read: " + Failures.reason(failure), null, failure);
        }
        fingerprint.difference(checkpoint.fingerprint()).ifPresent(difference -> {
            throw new CompileException(
                    Code.CHECKPOINT_OTHER,
                    path.toString(),
                    "is the checkpoint of another training: " + difference,
                    "name another file, or begin anew without it");
        });
        int finished = checkpoint.progress().epochs().size();
        if (finished > epochs) {
            throw new CompileException(
                    Code.CHECKPOINT_OTHER,
                    path.toString(),
                    "is the checkpoint of " + finished + " epochs but training is to have " + epochs,
                    "ask for at least " + finished + " epochs, or begin anew with another file");
        }
        return Optional.of(checkpoint);
    }

    /// Replaces the file as a whole: whatever happens, there is the old one or the new one.
    ///
    /// @throws CompileException if that fails; the old file is then as it was
    void write(Progress progress, Map<String, Tensor> state, Map<String, Tensor> best) {
        Checkpoint checkpoint = new Checkpoint(fingerprint.text(), progress, state, best);
        OutputFile.at(path).write(checkpoint::write);
    }
}
