package dev.sinter.ir.graph;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Token.Kind;
import org.jspecify.annotations.Nullable;

/// Cuts IR text into tokens, one at a time: a text with weights in it is too long to keep as a list of them.
final class Lexer {
    private static final String PUNCTUATION = "{}()[],:=";

    private final String text;
    private final String fileName;
    private int position;
    private int line = 1;
    private int lineStart;
    private Token ahead;

    Lexer(String text, String fileName) {
        this.text = text;
        this.fileName = fileName;
        position = text.startsWith("\uFEFF") ? 1 : 0;
        ahead = read();
    }

    Token peek() {
        return ahead;
    }

    Token next() {
        Token token = ahead;
        ahead = read();
        return token;
    }

    /// How many characters of the text come after what has been returned, white space among them.
    long left() {
        return text.length() - position + ahead.text().length();
    }

    boolean accept(char punctuation) {
        if (!ahead.is(punctuation)) {
            return false;
        }
        next();
        return true;
    }

    void expect(char punctuation, String after) {
        if (!accept(punctuation)) {
            throw unexpected("'" + punctuation + "' after " + after);
        }
    }

    Token expect(Kind kind, String expected) {
        if (ahead.kind() != kind) {
            throw unexpected(expected);
        }
        return next();
    }

    CompileException unexpected(String expected) {
        return fault(ahead, "found " + ahead.shown() + " but expected " + expected, null);
    }

    CompileException fault(Token at, String fact, @Nullable String hint) {
        return fault(Code.TEXT_SYNTAX, at, fact, hint);
    }

    CompileException fault(Code code, Token at, String fact, @Nullable String hint) {
        return new CompileException(code, place(at), fact, hint);
    }

    String fileName() {
        return fileName;
    }

    String place(Token at) {
        return fileName + ":" + at.line() + ":" + at.column();
    }

    private Token read() {
        skipBlank();
        int start = position;
        if (start == text.length()) {
            return token(Kind.END, "", start);
        }
        char c = text.charAt(start);
        if (Names.isBareStart(c)) {
            return token(Kind.WORD, bare(), start);
        }
        if (c >= '0' && c <= '9' || c == '-' || c == '.') {
            return token(Kind.NUMBER, number(), start);
        }
        if (PUNCTUATION.indexOf(c) >= 0) {
            position++;
            return token(Kind.PUNCTUATION, String.valueOf(c), start);
        }
        return switch (c) {
            case '"' -> token(Kind.STRING, quoted(), start);
            case '%' -> token(Kind.VALUE_NAME, markedName("%"), start);
            case '@' -> token(Kind.NODE_NAME, markedName("@"), start);
            default -> throw wrong(start, "found " + shown(c) + ", which begins nothing", null);
        };
    }

    private void skipBlank() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '\n') {
                line++;
                lineStart = ++position;
            } else if (c == ' ' || c == '\t' || c == '\r') {
                position++;
            } else if (text.startsWith("//", position)) {
                int end = text.indexOf('\n', position);
                position = end < 0 ? text.length() : end;
            } else {
                return;
            }
        }
    }

    private String bare() {
        int start = position;
        while (position < text.length() && Names.isBare(text.charAt(position)) && !text.startsWith("//", position)) {
            position++;
        }
        return text.substring(start, position);
    }

    private String number() {
        int start = position++;
        while (position < text.length()) {
            char c = text.charAt(position);
            boolean exponentSign = c == '+' && (text.charAt(position - 1) | 0x20) == 'e';
            if (!exponentSign && (!Names.isBare(c) || c == '/')) {
                break;
            }
            position++;
        }
        return text.substring(start, position);
    }

    private String markedName(String mark) {
        int start = position++;
        if (position < text.length() && text.charAt(position) == '"') {
            return quoted();
        }
        String name = bare();
        if (name.isEmpty()) {
            throw wrong(start, "found '" + mark + "' without a name", "names with other characters are quoted");
        }
        return name;
    }

    private String quoted() {
        int start = position++;
        int run = position;
        StringBuilder built = null;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"') {
                String rest = text.substring(run, position++);
                return built == null ? rest : built.append(rest).toString();
            }
            if (c == '\n') {
                break;
            }
            if (c == '\\') {
                built = (built == null ? new StringBuilder() : built)
                        .append(text, run, position)
                        .append(escape());
                run = position;
            } else {
                position++;
            }
        }
        throw wrong(start, "found a string that does not end on its line but expected a closing '\"'", null);
    }

    private char escape() {
        int start = position++;
        char c = position < text.length() ? text.charAt(position++) : ' ';
        return switch (c) {
            case '"', '\\' -> c;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicodeEscape(start);
            default ->
                throw wrong(
                        start,
                        "found the escape '\\' and " + shown(c) + " but expected one of \\\" \\\\ \\n \\r \\t \\uXXXX",
                        null);
        };
    }

    private char unicodeEscape(int start) {
        int end = Math.min(position + 4, text.length());
        int unit = 0;
        for (int i = position; i < end; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            unit = digit < 0 || unit < 0 ? -1 : unit * 16 + digit;
        }
        if (unit < 0 || end != position + 4) {
            throw wrong(start, "found '\\u' without four hexadecimal digits", null);
        }
        position = end;
        return (char) unit;
    }

    private static String shown(char c) {
        return c > ' ' && c < 0x7f ? "'" + c + "'" : "U+%04X".formatted((int) c);
    }

    private Token token(Kind kind, String meaning, int start) {
        return new Token(kind, meaning, line, start - lineStart + 1);
    }

    private CompileException wrong(int start, String fact, @Nullable String hint) {
        return fault(token(Kind.END, "", start), fact, hint);
    }
}
