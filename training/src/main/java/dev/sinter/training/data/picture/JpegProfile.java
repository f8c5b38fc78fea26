package dev.sinter.training.data.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Takes the colour profile out of a JPEG: the JDK's reader applies it, and offers no way not to.
///
/// Format: a file is segments `FF marker length content` up to the start of its scan (ITU-T T.81, annex B); a profile
/// is in segments APP2 that begin with a name (ICC.1, annex B.4).
final class JpegProfile {
    private static final int START = 0xffd8;
    private static final int SCAN = 0xffda;
    private static final int PROFILE = 0xffe2;
    private static final byte[] NAME = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);

    private JpegProfile() {}

    /// The same file without; what is no JPEG, or damaged before its scan, stays as it is.
    static byte[] removed(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        if (file.length < 4 || (in.getShort(0) & 0xffff) != START) {
            return file;
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        kept.write(file, 0, 2);
        int at = 2;
        while (at + 4 <= file.length && (in.getShort(at) & 0xffff) != SCAN) {
            int end = at + 2 + (in.getShort(at + 2) & 0xffff);
            if (file[at] != (byte) 0xff || end > file.length || end < at + 4) {
                return file;
            }
            if ((in.getShort(at) & 0xffff) != PROFILE || !isNamed(file, at + 4)) {
                kept.write(file, at, end - at);
            }
            at = end;
        }
        kept.write(file, at, file.length - at);
        return kept.toByteArray();
    }

    private static boolean isNamed(byte[] file, int at) {
        return at + NAME.length <= file.length && Arrays.equals(file, at, at + NAME.length, NAME, 0, NAME.length);
    }
}
