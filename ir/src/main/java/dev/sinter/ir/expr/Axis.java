package dev.sinter.ir.expr;

/// An iteration variable that runs from 0 to `extent - 1`. Its identity is what counts: two axes of one name are two.
public final class Axis {
    private final String name;
    private final long extent;

    public Axis(String name, long extent) {
        if (extent < 0) {
            throw new IllegalArgumentException("extent " + extent + " of axis " + name + " must not be negative");
        }
        this.name = name;
        this.extent = extent;
    }

    /// For printing only.
    public String name() {
        return name;
    }

    public long extent() {
        return extent;
    }

    public Range range() {
        return new Range(0, Math.max(0, extent - 1));
    }

    @Override
    public String toString() {
        return name;
    }
}
