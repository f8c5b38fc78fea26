package dev.sinter.ir.expr;

/// The integers from `lo` to `hi`, both included.
public record Range(long lo, long hi) {
    public Range {
        if (lo > hi) {
            throw new IllegalArgumentException("range " + lo + " to " + hi + " is empty");
        }
    }

    public static Range of(long value) {
        return new Range(value, value);
    }

    public long size() {
        return hi - lo + 1;
    }

    public boolean isWithin(long from, long until) {
        return from <= lo && hi < until;
    }

    public boolean isDisjointFrom(long from, long until) {
        return hi < from || lo >= until;
    }

    Range plus(Range other) {
        return new Range(lo + other.lo, hi + other.hi);
    }

    Range times(long factor) {
        return factor >= 0 ? new Range(lo * factor, hi * factor) : new Range(hi * factor, lo * factor);
    }

    public Range union(Range other) {
        return new Range(Math.min(lo, other.lo), Math.max(hi, other.hi));
    }
}
