package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Range;

/// A memory that is written at one address and read at another in each cycle. Its identity is what counts.
final class Ram {
    private final String name;
    private final long words;
    private final Range range;

    Ram(String name, long words, Range range) {
        this.name = name;
        this.words = words;
        this.range = range;
    }

    String name() {
        return name;
    }

    long words() {
        return words;
    }

    /// Of what stands in it.
    Range range() {
        return range;
    }

    @Override
    public String toString() {
        return name;
    }
}
