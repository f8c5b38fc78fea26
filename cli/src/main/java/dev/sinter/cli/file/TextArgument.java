package dev.sinter.cli.file;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.Failures;
import dev.sinter.ir.file.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A text of ours that a user names in an option.
public final class TextArgument {
    private static final int MOST_BYTES = 64 << 20;

    private TextArgument() {}

    /// @param things what the text consists of, for messages
    /// @throws CompileException if it cannot be read, or is no text
    public static String read(Path path, String things) {
        if (Files.isDirectory(path)) {
            throw fault(Code.FILE_READ, path, "is a folder but a file is expected", null);
        }
        try (InputStream file = Files.newInputStream(path)) {
            // One more than it may have tells that there are too many.
            byte[] bytes = file.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw fault(
                        Code.FILE_READ,
                        path,
                        "has more than " + MOST_BYTES + " bytes: no " + things + " are so long",
                        null);
            }
            return TextFile.withoutMark(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (NoSuchFileException missing) {
            throw fault(Code.FILE_MISSING, path, "there is no such file", missing);
        } catch (CharacterCodingException wrong) {
            throw fault(Code.FILE_READ, path, "is no text in UTF-8", wrong);
        } catch (IOException failure) {
            throw fault(Code.FILE_READ, path, "cannot be read: " + Failures.reason(failure), failure);
        }
    }

    private static CompileException fault(Code code, Path path, String fact, @Nullable IOException cause) {
        return new CompileException(code, path.toString(), fact, null, cause);
    }
}
