package dev.sinter.ir.graph;

/// Reads what [Names#quoted] writes.
public sealed interface QuotedText {
    /// @param meaning the text without its quotes and escapes
    /// @param end where the text around it goes on
    record Whole(String meaning, int end) implements QuotedText {}

    /// @param at where the fault is
    record Broken(int at, String fact) implements QuotedText {}

    /// @param start where the first quote is
    static QuotedText read(String text, int start) {
        // Weights are such text, too: what has no escapes is not copied twice.
        StringBuilder escaped = new StringBuilder();
        int position = start + 1;
        int run = position;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"') {
                String rest = text.substring(run, position);
                return new Whole(escaped.isEmpty() ? rest : escaped + rest, position + 1);
            }
            if (c == '\n') {
                break;
            }
            if (c != '\\') {
                position++;
                continue;
            }
            switch (escape(text, position)) {
                case Whole(String character, int end) -> {
                    escaped.append(text, run, position).append(character);
                    position = end;
                    run = end;
                }
                case Broken broken -> {
                    return broken;
                }
            }
        }
        return new Broken(start, "found a string that does not end on its line but expected a closing '\"'");
    }

    private static QuotedText escape(String text, int start) {
        char c = start + 1 < text.length() ? text.charAt(start + 1) : ' ';
        int end = start + 2;
        return switch (c) {
            case '"', '\\' -> new Whole(String.valueOf(c), end);
            case 'n' -> new Whole("\n", end);
            case 'r' -> new Whole("\r", end);
            case 't' -> new Whole("\t", end);
            case 'u' -> unicode(text, start, end);
            default ->
                new Broken(
                        start,
                        "found the escape '\\' and " + Names.shown(c)
                                + " but expected one of \\\" \\\\ \\n \\r \\t \\uXXXX");
        };
    }

    private static QuotedText unicode(String text, int start, int digits) {
        int end = digits + 4;
        int unit = 0;
        for (int i = digits; i < Math.min(end, text.length()); i++) {
            int digit = Character.digit(text.charAt(i), 16);
            unit = digit < 0 || unit < 0 ? -1 : unit * 16 + digit;
        }
        return unit < 0 || end > text.length()
                ? new Broken(start, "found '\\u' without four hexadecimal digits")
                : new Whole(String.valueOf((char) unit), end);
    }
}
