package dev.sinter.ir.graph;

/// A word of IR text and where it stands; lines and columns count from 1.
///
/// @param text what is meant: a name or string without its marks and escapes
record Token(Kind kind, String text, int line, int column) {
    private static final int SHOWN = 40;

    enum Kind {
        WORD,
        NUMBER,
        STRING,
        VALUE_NAME,
        NODE_NAME,
        PUNCTUATION,
        END
    }

    boolean is(char punctuation) {
        return kind == Kind.PUNCTUATION && text.charAt(0) == punctuation;
    }

    boolean is(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    /// For messages, cut where it is long.
    String shown() {
        String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return switch (kind) {
            case END -> "the end of the text";
            case STRING -> Names.quoted(cut);
            case VALUE_NAME -> "%" + Names.text(cut);
            case NODE_NAME -> "@" + Names.text(cut);
            case WORD, NUMBER, PUNCTUATION -> "'" + cut + "'";
        };
    }
}
