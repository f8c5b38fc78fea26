package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Place;
import dev.sinter.ir.graph.Names;
import dev.sinter.ir.graph.QuotedText;
import dev.sinter.ir.schedule.ScheduleToken.Kind;

/// Cuts schedule text into tokens, one at a time. A `#` right behind a name, and before a number, belongs to the name;
/// any other begins a comment.
final class ScheduleLexer {
    private static final String PUNCTUATION = ":;,()";

    private final String text;
    private final String name;
    private int position;
    private int line;
    private int lineStart;
    private ScheduleToken ahead;

    /// @param name what messages call the text
    ScheduleLexer(String text, String name) {
        this(text, name, 1);
    }

    /// @param firstLine the number of the text's first line in a larger one
    ScheduleLexer(String text, String name, int firstLine) {
        this.text = text;
        this.name = name;
        line = firstLine;
        ahead = read();
    }

    ScheduleToken peek() {
        return ahead;
    }

    ScheduleToken next() {
        ScheduleToken token = ahead;
        if (token.kind() != Kind.END) {
            ahead = read();
        }
        return token;
    }

    boolean accept(char punctuation) {
        boolean found = ahead.is(punctuation);
        if (found) {
            next();
        }
        return found;
    }

    boolean accept(String word) {
        boolean found = ahead.is(word);
        if (found) {
            next();
        }
        return found;
    }

    CompileException unexpected(String expected) {
        return ahead.unexpected(expected);
    }

    /// Reads the first line of a file: the name of the format, and its version.
    ///
    /// @param hint what to do about another version
    void header(String format, String version, String hint) {
        String expected = "the first line '" + format + " " + version + "'";
        if (!accept(format) || ahead.kind() != Kind.NUMBER) {
            throw unexpected(expected);
        }
        if (!ahead.text().equals(version)) {
            throw new CompileException(
                    Code.TEXT_VERSION,
                    ahead.place().toString(),
                    "the text has format version " + ahead.text() + " but version " + version + " is expected",
                    hint);
        }
        next();
        endOfLine("the end of the line after the version");
    }

    void endOfLine(String expected) {
        if (!ahead.endsLine()) {
            throw unexpected(expected);
        }
        next();
    }

    private static CompileException fault(Place place, String fact) {
        return new CompileException(Code.TEXT_SYNTAX, place.toString(), fact, null);
    }

    private ScheduleToken read() {
        skipBlank();
        int start = position;
        if (start == text.length()) {
            return token(Kind.END, "", start);
        }
        char c = text.charAt(start);
        if (c == '\n') {
            ScheduleToken end = token(Kind.LINE_END, "", start);
            line++;
            lineStart = ++position;
            return end;
        }
        if (c == '#') {
            position++;
            return token(Kind.ORDINAL, bare(), start);
        }
        if (c == '"') {
            return token(Kind.QUOTED, quoted(), start);
        }
        if (PUNCTUATION.indexOf(c) >= 0) {
            position++;
            return token(Kind.PUNCTUATION, String.valueOf(c), start);
        }
        if (Names.isBareStart(c)) {
            return token(Kind.WORD, bare(), start);
        }
        if (Names.isBare(c)) {
            return token(Kind.NUMBER, bare(), start);
        }
        throw fault(place(start), "found " + Names.shown(c) + ", which begins nothing");
    }

    private void skipBlank() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == ' ' || c == '\t' || c == '\r') {
                position++;
            } else if (c == '#' && !isOrdinal(position)) {
                int end = text.indexOf('\n', position);
                position = end < 0 ? text.length() : end;
            } else {
                return;
            }
        }
    }

    private boolean isOrdinal(int mark) {
        return mark > 0
                && (Names.isBare(text.charAt(mark - 1)) || "\")".indexOf(text.charAt(mark - 1)) >= 0)
                && mark + 1 < text.length()
                && text.charAt(mark + 1) >= '0'
                && text.charAt(mark + 1) <= '9';
    }

    private String bare() {
        int start = position;
        while (position < text.length() && Names.isBare(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    private String quoted() {
        return switch (QuotedText.read(text, position)) {
            case QuotedText.Whole(String meaning, int end) -> {
                position = end;
                yield meaning;
            }
            case QuotedText.Broken(int at, String fact) -> throw fault(place(at), fact);
        };
    }

    private ScheduleToken token(Kind kind, String meaning, int start) {
        return new ScheduleToken(kind, meaning, place(start));
    }

    private Place place(int at) {
        return new Place(name, line, at - lineStart + 1);
    }
}
