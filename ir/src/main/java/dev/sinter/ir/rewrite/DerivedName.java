package dev.sinter.ir.rewrite;

/// Names of what passes make, which say what it was made from.
final class DerivedName {
    private static final String FOLDED = ".folded";

    private DerivedName() {}

    /// The name of a constant with something folded into it, however often.
    static String folded(String name) {
        return name.endsWith(FOLDED) ? name : name + FOLDED;
    }
}
