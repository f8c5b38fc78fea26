package dev.sinter.ir.diag;

import org.jspecify.annotations.Nullable;

/// A fault of the user's: in a network, a file, an option or an input. The message names what is at fault, both what
/// was found and what was expected, and a hint if there is one. Compare [CompilerFault].
public final class CompileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Names and lists in a network may have any length, but a message is to be read.
    private static final int LONGEST_PART = 1000;

    private final Code code;
    private final String where;
    private final String fact;
    private final @Nullable String hint;

    /// @param where the node, file or option at fault
    /// @param fact what was found and what was expected
    public CompileException(Code code, String where, String fact, @Nullable String hint) {
        this(code, where, fact, hint, null);
    }

    public CompileException(Code code, String where, String fact, @Nullable String hint, @Nullable Throwable cause) {
        super(message(code, Excerpt.of(where, LONGEST_PART), Excerpt.of(fact, LONGEST_PART), shortened(hint)), cause);
        this.code = code;
        this.where = Excerpt.of(where, LONGEST_PART);
        this.fact = Excerpt.of(fact, LONGEST_PART);
        this.hint = shortened(hint);
    }

    private static @Nullable String shortened(@Nullable String hint) {
        return hint == null ? null : Excerpt.of(hint, LONGEST_PART);
    }

    private static String message(Code code, String where, String fact, @Nullable String hint) {
        String line = code.text() + " " + where + ": " + fact;
        return hint == null ? line : line + "\n  hint: " + hint;
    }

    /// The same fault, told of a more precise place.
    public CompileException at(String place) {
        return new CompileException(code, place, fact, hint, this);
    }

    public Code code() {
        return code;
    }

    public String where() {
        return where;
    }

    public String fact() {
        return fact;
    }

    public @Nullable String hint() {
        return hint;
    }
}
