package dev.sinter.cli.terminal;

/// How text looks where colours are wanted. Inside the command a style is a mark of one character, which Unicode keeps
/// for such use and no text holds; it becomes a control sequence on its way to the terminal. So a control sequence that
/// comes along in a text is never one of ours.
enum TextStyle {
    PLAIN("0"),
    BOLD("1"),
    RED("1;31"),
    GREEN("32");

    private static final char FIRST_MARK = '\ufdd0';

    private final String code;

    TextStyle(String code) {
        this.code = code;
    }

    private char mark() {
        return (char) (FIRST_MARK + ordinal());
    }

    String of(String text) {
        return mark() + text + PLAIN.mark();
    }

    static boolean isMark(char c) {
        return c >= FIRST_MARK && c < FIRST_MARK + values().length;
    }

    /// What a terminal understands.
    static String sequence(char mark) {
        return "\033[" + values()[mark - FIRST_MARK].code + "m";
    }
}
