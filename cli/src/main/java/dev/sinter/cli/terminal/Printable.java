package dev.sinter.cli.terminal;

/// Text of others, such as names in a model, made fit to be printed: without characters that command a terminal or
/// reorder what stands beside them, and of a length that can be read.
public final class Printable {
    private static final int LONGEST_LINE = 800;
    private static final int LONGEST_CELL = 200;

    private Printable() {}

    /// With each character that is not for reading as `\\uXXXX`, which is how JSON and IR text have them too. Lines and
    /// tabs stay.
    public static String text(String text) {
        if (text.chars().noneMatch(c -> isCommand((char) c))) {
            return text;
        }
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            printable.append(isCommand(c) ? escaped(c) : String.valueOf(c));
        }
        return printable.toString();
    }

    /// The same as what stands in HTML or XML, between tags or as an attribute's value.
    public static String markup(String text) {
        return text(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /// Lines that are too long lose their middle.
    public static String message(String text) {
        return String.join(
                "\n", text.lines().map(line -> shortened(line, LONGEST_LINE)).toList());
    }

    /// One line, for a cell of a table.
    static String cell(String text) {
        String line = text.replace("\n", escaped('\n')).replace("\t", escaped('\t'));
        return text(shortened(line, LONGEST_CELL));
    }

    static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int head = longest * 3 / 4;
        int tail = longest - head;
        return text.substring(0, head) + " ... (" + (text.length() - head - tail) + " characters left out) ... "
                + text.substring(text.length() - tail);
    }

    static boolean isCommand(char c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t'
                || c == '\u2028'
                || c == '\u2029'
                || c >= '\u202a' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069'
                || TextStyle.isMark(c);
    }

    static String escaped(char c) {
        return String.format("\\u%04x", (int) c);
    }
}
