package dev.sinter.ir.graph;

/// How our texts write names: bare where they are plain, quoted with escapes where not, so that any name survives.
public final class Names {
    private Names() {}

    public static boolean isBareStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    public static boolean isBare(char c) {
        return isBareStart(c) || c >= '0' && c <= '9' || c == '.' || c == '/' || c == '-';
    }

    /// A value's or node's name, after its `%` or `@`.
    static String text(String name) {
        boolean bare = !name.isEmpty() && name.chars().allMatch(c -> isBare((char) c)) && !name.contains("//");
        return bare ? name : quoted(name);
    }

    /// A name that stands without a mark, and so must not look like a number.
    public static String word(String name) {
        return !name.isEmpty() && isBareStart(name.charAt(0)) ? text(name) : quoted(name);
    }

    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (isVisible(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        for (char unit : Character.toChars(c)) {
                            quoted.append("\\u%04x".formatted((int) unit));
                        }
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /// A character for messages.
    public static String shown(char c) {
        return c > ' ' && c < 0x7f ? "'" + c + "'" : "U+%04X".formatted((int) c);
    }

    /// What an editor shows and a UTF-8 file can hold; half a surrogate pair is neither.
    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> c == ' ' || !Character.isSpaceChar(c);
        };
    }
}
