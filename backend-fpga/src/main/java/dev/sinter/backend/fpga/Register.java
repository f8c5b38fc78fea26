package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Range;

/// A number that outlives the iteration that sets it. Its identity is what counts.
final class Register {
    private final String name;
    private final Range range;

    Register(String name, Range range) {
        this.name = name;
        this.range = range;
    }

    String name() {
        return name;
    }

    Range range() {
        return range;
    }

    @Override
    public String toString() {
        return name;
    }
}
