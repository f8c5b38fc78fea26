package dev.sinter.frontend.onnx.file;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What a file that is not ONNX looks like, by its first bytes.
final class FileKind {
    /// How many bytes [#of(byte[])] wants to see.
    static final int HEAD = 256;

    private record Mark(int offset, String bytes, String kind) {
        boolean isIn(byte[] head) {
            byte[] expected = bytes.getBytes(StandardCharsets.ISO_8859_1);
            if (head.length < offset + expected.length) {
                return false;
            }
            for (int i = 0; i < expected.length; i++) {
                if (head[offset + i] != expected[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Mark> MARKS = List.of(
            new Mark(0, "\u00ff\u00d8\u00ff", "a JPEG picture"),
            new Mark(0, "\u0089PNG", "a PNG picture"),
            new Mark(0, "GIF8", "a GIF picture"),
            new Mark(0, "PK\u0003\u0004", "a ZIP archive, perhaps a PyTorch checkpoint"),
            new Mark(0, "\u0089HDF", "an HDF5 file, perhaps a Keras model"),
            new Mark(4, "TFL3", "a TensorFlow Lite model"),
            new Mark(4, "ORTM", "an ONNX Runtime (.ort) model"),
            new Mark(0, "\u001f\u008b", "a gzip archive"),
            new Mark(0, "\u0080\u0002", "a Python pickle, perhaps a PyTorch checkpoint"),
            new Mark(0, "\u0080\u0004", "a Python pickle"),
            new Mark(0, "\u0093NUMPY", "a NumPy array"),
            new Mark(0, "%PDF", "a PDF document"),
            new Mark(0, "version https://git-lfs", "a Git LFS pointer: the model itself was not downloaded"),
            new Mark(0, "<!DOCTYPE", "a web page: the download may have failed"),
            new Mark(0, "<html", "a web page: the download may have failed"),
            new Mark(0, "{", "JSON"),
            new Mark(0, "7767517", "an ncnn network"));

    private FileKind() {}

    /// A phrase such as `a JPEG picture`; empty if the bytes look like nothing in particular.
    static Optional<String> of(byte[] head) {
        return MARKS.stream()
                .filter(mark -> mark.isIn(head))
                .map(Mark::kind)
                .findFirst()
                .or(() -> isText(head) ? Optional.of("plain text") : Optional.empty());
    }

    private static boolean isText(byte[] head) {
        for (byte b : head) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return head.length > 0;
    }
}
