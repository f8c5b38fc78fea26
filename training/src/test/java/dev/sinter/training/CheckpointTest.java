package dev.sinter.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    @TempDir
    Path folder;

    private final Progress progress =
            new Progress(20, List.of(new EpochReport(1, 20, 0.1, 0.5, 0.75, Double.NaN, Double.NaN, 1.5)));
    private final Map<String, Tensor> state = Map.of(
            "w", RandomTensors.normal(TensorType.float32(3, 4), 0, 1, 1), "s", Tensor.filled(TensorType.float32(), 2));

    private CheckpointFile file(String seed) {
        return new CheckpointFile(folder.resolve("run.ckpt"), new Fingerprint("network: a\nseed: " + seed));
    }

    @Test
    void what_is_read_is_what_was_written() {
        file("1").write(progress, state, Map.of("w", state.get("w")));
        Checkpoint read = file("1").read(1).orElseThrow();
        assertEquals(progress, read.progress());
        assertEquals(state.keySet(), read.state().keySet());
        state.forEach((name, tensor) -> assertTrue(tensor.sameBits(read.state().get(name)), name));
        assertTrue(state.get("w").sameBits(read.best().get("w")));
    }

    @Test
    void without_a_file_there_is_nothing_to_go_on_from() {
        assertTrue(file("1").read(1).isEmpty());
    }

    @Test
    void the_checkpoint_of_another_training_is_refused_and_what_differs_is_said() {
        file("1").write(progress, state, Map.of());
        CompileException fault =
                assertThrows(CompileException.class, () -> file("2").read(1));
        assertEquals(Code.CHECKPOINT_OTHER, fault.code());
        assertTrue(fault.getMessage().contains("seed is 2 but the checkpoint's is 1"), fault.getMessage());
    }

    @Test
    void a_checkpoint_of_more_epochs_than_asked_for_is_refused() {
        file("1").write(progress.after(progress.epochs().getFirst(), 40), state, Map.of());
        CompileException fault =
                assertThrows(CompileException.class, () -> file("1").read(1));
        assertEquals(Code.CHECKPOINT_OTHER, fault.code());
        assertTrue(fault.getMessage().contains("2 epochs but training is to have 1"), fault.getMessage());
        assertTrue(file("1").read(2).isPresent());
    }

    @Test
    void a_damaged_or_foreign_file_is_refused() throws IOException {
        file("1").write(progress, state, Map.of());
        Path path = folder.resolve("run.ckpt");
        byte[] whole = Files.readAllBytes(path);
        for (byte[] bad : List.of(
                Arrays.copyOf(whole, whole.length - 1), Arrays.copyOf(whole, 10), new byte[0], flipped(whole))) {
            Files.write(path, bad);
            CompileException fault =
                    assertThrows(CompileException.class, () -> file("1").read(1));
            assertEquals(Code.FILE_READ, fault.code());
        }
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        copy[copy.length / 2] ^= 1;
        return copy;
    }

    @Test
    void where_saving_fails_the_old_checkpoint_stays() throws IOException {
        file("1").write(progress, state, Map.of());
        byte[] before = Files.readAllBytes(folder.resolve("run.ckpt"));
        Checkpoint next = new Checkpoint("x", progress, state, Map.of());
        CompileException fault = assertThrows(
                CompileException.class,
                () -> dev.sinter.ir.file.OutputFile.at(folder.resolve("run.ckpt"))
                        .write(out -> {
                            next.write(new ByteArrayOutputStream());
                            out.write(new byte[50_000]);
                            throw new IOException("No space left on device");
                        }));
        assertEquals(Code.FILE_WRITE, fault.code());
        assertTrue(Arrays.equals(before, Files.readAllBytes(folder.resolve("run.ckpt"))));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "nothing else is left behind");
        }
    }
}
