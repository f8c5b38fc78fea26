package dev.sinter.cli.file;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.Failures;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads NumPy's array files, versions 1 to 3.
public final class NpyReader {
    private static final ValueLayout.OfInt LITTLE_INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort LITTLE_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int PREFIX = 8;

    private NpyReader() {}

    /// The array in `file`, mapped and not copied: it lives as long as it is reachable.
    ///
    /// @throws CompileException if it is no such file, is cut off, or has elements or an order that are not supported
    public static Tensor read(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            return tensor(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()), file);
        } catch (IOException failure) {
            throw fault(file, "cannot be read: " + Failures.reason(failure), null);
        } catch (NpyHeader.Fault fault) {
            throw fault(
                    file,
                    "is not a .npy file that can be read: " + fault.getMessage(),
                    fault.hint().orElse(null));
        }
    }

    private static Tensor tensor(MemorySegment bytes, Path file) throws NpyHeader.Fault {
        if (bytes.byteSize() < PREFIX + 4
                || !Arrays.equals(bytes.asSlice(0, 6).toArray(ValueLayout.JAVA_BYTE), NpyHeader.MAGIC)) {
            throw new NpyHeader.Fault("it does not begin with \\x93NUMPY", "");
        }
        int version = bytes.get(ValueLayout.JAVA_BYTE, 6);
        if (version < 1 || version > 3) {
            throw new NpyHeader.Fault("it has version " + version + " but 1 to 3 are known", "");
        }
        long length =
                version == 1 ? bytes.get(LITTLE_SHORT, PREFIX) & 0xffff : bytes.get(LITTLE_INT, PREFIX) & 0xffffffffL;
        int start = PREFIX + (version == 1 ? 2 : 4);
        if (start + length > bytes.byteSize()) {
            throw new NpyHeader.Fault(
                    "its header of " + length + " bytes is cut off at " + (bytes.byteSize() - start), "");
        }
        String header = new String(
                bytes.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE),
                version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        TensorType type = NpyHeader.parse(header).type();
        long found = bytes.byteSize() - start - length;
        if (found != type.bytes()) {
            throw fault(
                    file,
                    "holds " + found + " bytes of data but " + type + " has " + type.bytes(),
                    found < type.bytes() ? "the file is cut off" : null);
        }
        return Tensor.of(type, bytes.asSlice(start + length, found));
    }

    private static CompileException fault(Path file, String fact, @Nullable String hint) {
        return new CompileException(Code.INPUT_DATA, file.toString(), fact, hint);
    }
}
