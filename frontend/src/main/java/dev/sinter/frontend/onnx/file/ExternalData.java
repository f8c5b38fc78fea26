package dev.sinter.frontend.onnx.file;

import dev.sinter.frontend.named.InputFile;
import dev.sinter.frontend.onnx.proto.StringStringEntryProto;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tensor data in files beside the model.
///
/// @param folder the model's; empty for a model that came from no file, which can have no such data
public record ExternalData(Optional<Path> folder) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");
    private static final int CHUNK = 1 << 24;

    /// The `bytes` bytes that the tensor's `external_data` points to.
    ///
    /// @throws CompileException if they are not all there, or lie outside the model's folder
    public MemorySegment read(TensorProto proto, long bytes, String place) {
        Map<String, String> keys = new HashMap<>();
        for (StringStringEntryProto entry : proto.getExternalDataList()) {
            if (keys.put(entry.getKey(), entry.getValue()) != null) {
                throw fault(place, "its external data has two entries '" + entry.getKey() + "'", null);
            }
        }
        String location = keys.get("location");
        if (location == null || location.isBlank()) {
            throw fault(place, "its data is external but no location is given", null);
        }
        long offset = number(keys, "offset", 0, place);
        long length = number(keys, "length", bytes, place);
        if (length != bytes) {
            throw fault(place, "needs " + bytes + " bytes but its external data has " + length, null);
        }
        Path path = resolve(location, place);
        InputFile file = InputFile.open(path);
        requirePlain(file.path(), location, place);
        if (offset > file.bytes() || bytes > file.bytes() - offset) {
            throw fault(
                    place,
                    "needs " + bytes + " bytes from byte " + offset + " of " + location + ", which has " + file.bytes(),
                    "the file may be cut off, or belong to another version of the model");
        }
        return read(path, offset, bytes, place);
    }

    private Path resolve(String location, String place) {
        Path base = folder.orElseThrow(() ->
                fault(place, "its data is in the file " + location + " but the model was not read from a file", null));
        Path path;
        try {
            path = Path.of(location);
        } catch (InvalidPathException fault) {
            throw fault(place, "its data is in '" + location + "', which is no path: " + fault.getReason(), null);
        }
        Path resolved = base.resolve(path).normalize();
        if (path.isAbsolute() || !resolved.startsWith(base.normalize()) || escapes(base, resolved)) {
            throw fault(
                    place,
                    "its data is in '" + location + "', outside the model's folder",
                    "move the file beside the model: a model must not read other files of its user");
        }
        return resolved;
    }

    /// True if a link inside the folder leads out of it.
    private static boolean escapes(Path base, Path resolved) {
        try {
            return !resolved.toRealPath().startsWith(base.toRealPath());
        } catch (IOException _) {
            return false;
        }
    }

    /// A link, and a file with several names, may be anybody's: whoever unpacks a model must not hand out another file
    /// of theirs for it. ONNX itself refuses both. What is no file at all, such as a pipe, may never end.
    private static void requirePlain(Path path, String location, String place) {
        String kind = null;
        if (Files.isSymbolicLink(path)) {
            kind = "a symbolic link";
        } else if (!Files.isRegularFile(path)) {
            kind = "no regular file";
        } else if (links(path) > 1) {
            kind = "a file with " + links(path) + " names (hard links)";
        }
        if (kind != null) {
            throw fault(
                    place,
                    "its data is in '" + location + "', which is " + kind + " but a file of its own is expected",
                    "copy the file: a model must not read other files of its user");
        }
    }

    /// How many names a file has; 1 where the file system does not say.
    private static int links(Path path) {
        try {
            return Files.getAttribute(path, "unix:nlink") instanceof Integer count ? count : 1;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
            return 1;
        }
    }

    private static long number(Map<String, String> keys, String key, long byDefault, String place) {
        String text = keys.get(key);
        if (text == null) {
            return byDefault;
        }
        if (NUMBER.matcher(text.strip()).matches()) {
            try {
                return Long.parseLong(text.strip());
            } catch (NumberFormatException _) {
                // Beyond all files; said below.
            }
        }
        throw fault(
                place,
                "the " + key + " of its external data is '" + text + "' but a number of bytes is expected",
                null);
    }

    private MemorySegment read(Path path, long offset, long bytes, String place) {
        MemorySegment data = Allocation.bytes(bytes, place);
        Path base = folder.orElseThrow().normalize();
        try (FileBelow file = FileBelow.open(base, base.relativize(path))) {
            SeekableByteChannel channel = file.channel().position(offset);
            for (long done = 0; done < bytes; ) {
                ByteBuffer part =
                        data.asSlice(done, Math.min(CHUNK, bytes - done)).asByteBuffer();
                int count = channel.read(part);
                if (count < 0) {
                    throw fault(place, "the file " + path + " ended while it was read", null);
                }
                done += count;
            }
            file.requireUnchanged();
        } catch (IOException fault) {
            throw InputFile.unreadable(path, fault);
        }
        return data;
    }

    private static CompileException fault(String place, String fact, @Nullable String hint) {
        return new CompileException(Code.ONNX_TENSOR, place, fact, hint);
    }
}
