package dev.sinter.cli.option;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.Failures;
import dev.sinter.ir.file.TextFile;
import dev.sinter.ir.schedule.ScheduleFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Schedules that somebody wrote, in place of those that the compiler chooses.
public final class ScheduleOptions {
    private static final int MOST_BYTES = 64 << 20;

    @Option(
            names = "--schedule",
            paramLabel = "FILE",
            description = "Use the schedules in a file such as 'sinter inspect MODEL --schedules' prints. Steps that it"
                    + " does not name keep the compiler's choice.")
    private @Nullable Path schedule;

    /// @throws CompileException if the file cannot be read, or has anything but schedules
    public ScheduleFile read() {
        return schedule == null ? ScheduleFile.NONE : ScheduleFile.parse(text(schedule), schedule.toString());
    }

    private static String text(Path path) {
        if (Files.isDirectory(path)) {
            throw fault(Code.FILE_READ, path, "is a folder but a file is expected", null);
        }
        try (InputStream file = Files.newInputStream(path)) {
            // One more than it may have tells that there are too many.
            byte[] bytes = file.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw fault(
                        Code.FILE_READ, path, "has more than " + MOST_BYTES + " bytes: no schedules are so long", null);
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
