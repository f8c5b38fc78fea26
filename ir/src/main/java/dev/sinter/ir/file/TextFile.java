package dev.sinter.ir.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Text that users wrote, in UTF-8. Some editors put a byte order mark before it, which is no part of the text.
public final class TextFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextFile() {}

    /// @throws java.nio.charset.MalformedInputException if it is not UTF-8
    public static String read(Path file) throws IOException {
        return withoutMark(Files.readString(file));
    }

    public static String withoutMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
    }
}
