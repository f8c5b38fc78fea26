package dev.sinter.ir.diag;

/// A fault of Sinter's own: something that its own stages promised each other did not hold. Compare [CompileException].
public final class CompilerFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CompilerFault(String message) {
        super(message);
    }

    public CompilerFault(String message, Throwable cause) {
        super(message, cause);
    }
}
