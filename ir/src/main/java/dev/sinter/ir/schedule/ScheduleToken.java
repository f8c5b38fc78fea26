package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Place;
import dev.sinter.ir.graph.Names;

/// A word of schedule text and where it stands.
///
/// @param text what is meant: a name without its quotes and escapes, a number without its mark
record ScheduleToken(Kind kind, String text, Place place) {
    private static final int SHOWN = 40;

    enum Kind {
        WORD,
        QUOTED,
        NUMBER,
        /// The `#2` right behind a name.
        ORDINAL,
        PUNCTUATION,
        LINE_END,
        END
    }

    boolean is(char punctuation) {
        return kind == Kind.PUNCTUATION && text.charAt(0) == punctuation;
    }

    boolean is(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    boolean endsLine() {
        return kind == Kind.LINE_END || kind == Kind.END;
    }

    CompileException unexpected(String expected) {
        return new CompileException(
                Code.TEXT_SYNTAX, place.toString(), "found " + shown() + " but expected " + expected, null);
    }

    /// For messages, cut where it is long.
    String shown() {
        String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return switch (kind) {
            case LINE_END -> "the end of the line";
            case END -> "the end of the text";
            case QUOTED -> Names.quoted(cut);
            case ORDINAL -> "'#" + cut + "'";
            case WORD, NUMBER, PUNCTUATION -> "'" + cut + "'";
        };
    }
}
