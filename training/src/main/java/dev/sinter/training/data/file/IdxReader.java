package dev.sinter.training.data.file;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.Failures;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Reads IDX files, in which MNIST and its likes are kept, as they are or gzipped.
///
/// Format: <http://yann.lecun.com/exdb/mnist/>: two zero bytes, the element type, the number of dimensions, the extents
/// as 32-bit numbers, the data; everything in big-endian order.
public final class IdxReader {
    private static final int GZIP = 0x1f8b;
    private static final int PIECE = 1 << 20;

    private IdxReader() {}

    /// Whether a file is to be read as IDX: by its first bytes, or by its name, so that a damaged one is told to be so.
    public static boolean isIdx(Path file) {
        if (String.valueOf(file.getFileName()).matches(".*[-.]idx\\d?(-ubyte)?(\\.gz)?")) {
            return true;
        }
        try (DataInputStream in = open(file)) {
            return in.readUnsignedShort() == 0 && element(in.readUnsignedByte()).isPresent();
        } catch (IOException _) {
            return false;
        }
    }

    /// @throws CompileException if it is no such file or cut off
    public static Tensor read(Path file) {
        try (DataInputStream in = open(file)) {
            return read(in, file);
        } catch (IOException failure) {
            throw fault(file, "cannot be read as IDX: " + Failures.reason(failure), null, failure);
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        try {
            raw.mark(2);
            boolean gzipped = (raw.read() << 8 | raw.read()) == GZIP;
            raw.reset();
            return new DataInputStream(gzipped ? new GZIPInputStream(raw, PIECE) : raw);
        } catch (IOException failure) {
            raw.close();
            throw failure;
        }
    }

    private static Tensor read(DataInputStream in, Path file) throws IOException {
        int magic = in.readInt();
        Optional<ElementType> element = magic >>> 16 == 0 ? element(magic >>> 8 & 0xff) : Optional.empty();
        if (element.isEmpty()) {
            throw fault(
                    file,
                    String.format(
                            "begins with the number 0x%08x but an IDX file begins with 0x0000TTDD, TT a type from 08"
                                    + " to 0e and DD the number of dimensions",
                            magic),
                    "images of MNIST have 0x00000803, labels 0x00000801",
                    null);
        }
        List<Long> dims = new ArrayList<>();
        for (int i = 0; i < (magic & 0xff); i++) {
            dims.add(in.readInt() & 0xffffffffL);
        }
        TensorType type = type(element.get(), dims, file);
        Tensor tensor = Tensor.allocate(type);
        ByteBuffer target = tensor.data().asByteBuffer();
        byte[] piece = new byte[PIECE];
        while (target.hasRemaining()) {
            int count = in.readNBytes(piece, 0, Math.min(piece.length, target.remaining()));
            if (count == 0) {
                throw fault(
                        file,
                        "ends after " + target.position() + " bytes of data but " + type + " has " + type.bytes(),
                        "the file is cut off",
                        null);
            }
            target.put(piece, 0, count);
        }
        if (in.read() >= 0) {
            throw fault(file, "goes on after the " + type.bytes() + " bytes of data that " + type + " has", null, null);
        }
        toNativeOrder(tensor.data().asByteBuffer(), type.element().bytes());
        return tensor;
    }

    /// Checks the size against the memory there is before any is taken: the extents may be garbage.
    private static TensorType type(ElementType element, List<Long> dims, Path file) {
        double bytes = dims.stream().mapToDouble(Long::doubleValue).reduce(element.bytes(), (a, b) -> a * b);
        if (bytes > Integer.MAX_VALUE) {
            throw fault(file, "has extents " + dims + ", which is more than 2 GiB", null, null);
        }
        return new TensorType(element, new Shape(dims));
    }

    private static void toNativeOrder(ByteBuffer data, int width) {
        if (width == 1 || ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
            return;
        }
        for (int at = 0; at < data.limit(); at += width) {
            for (int low = at, high = at + width - 1; low < high; low++, high--) {
                byte swapped = data.get(low);
                data.put(low, data.get(high));
                data.put(high, swapped);
            }
        }
    }

    private static Optional<ElementType> element(int code) {
        return switch (code) {
            case 0x08 -> Optional.of(ElementType.UINT8);
            case 0x09 -> Optional.of(ElementType.INT8);
            case 0x0b -> Optional.of(ElementType.INT16);
            case 0x0c -> Optional.of(ElementType.INT32);
            case 0x0d -> Optional.of(ElementType.FLOAT32);
            case 0x0e -> Optional.of(ElementType.FLOAT64);
            default -> Optional.empty();
        };
    }

    private static CompileException fault(Path file, String fact, @Nullable String hint, @Nullable Throwable cause) {
        return new CompileException(Code.INPUT_DATA, file.toString(), fact, hint, cause);
    }
}
