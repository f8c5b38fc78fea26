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
            default -> throw wrong(start, "found " + Names.shown(c) + ", which begins nothing", null);
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
        return switch (QuotedText.read(text, position)) {
            case QuotedText.Whole(String meaning, int end) -> {
                position = end;
                yield meaning;
            }
            case QuotedText.Broken(int at, String fact) -> throw wrong(at, fact, null);
        };
    }

    private Token token(Kind kind, String meaning, int start) {
        return new Token(kind, meaning, line, start - lineStart + 1);
    }

    private CompileException wrong(int start, String fact, @Nullable String hint) {
        return fault(token(Kind.END, "", start), fact, hint);
    }
}
