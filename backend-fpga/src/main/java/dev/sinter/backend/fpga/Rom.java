package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Range;

/// A memory that is never written. Its identity is what counts.
final class Rom {
    private final String name;
    private final long[] words;
    private final Range range;

    /// @param words by address
    /// @param range of the words
    Rom(String name, long[] words, Range range) {
        this.name = name;
        this.words = words;
        this.range = range;
    }

    String name() {
        return name;
    }

    long[] words() {
        return words;
    }

    Range range() {
        return range;
    }

    @Override
    public String toString() {
        return name;
    }
}
