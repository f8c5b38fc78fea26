package dev.sinter.ir.numeric;

import dev.sinter.ir.type.ElementType;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/// As another rounding, of a kernel that computes its convolutions by Winograd's algorithm.
record WinogradRounding(Rounding others, Winograd algorithm) implements Rounding {
    @Override
    public Optional<Winograd> winograd() {
        return Optional.of(algorithm);
    }

    @Override
    public Rounding independent() {
        return new WinogradRounding(others.independent(), algorithm);
    }

    @Override
    public boolean looksAtAddends() {
        return others.looksAtAddends();
    }

    @Override
    public Rounding likely() {
        return new WinogradRounding(others.likely(), algorithm);
    }

    @Override
    public double unit(ElementType type) {
        return others.unit(type);
    }

    @Override
    public double sum(long terms) {
        return others.sum(terms);
    }

    @Override
    public double sum(long terms, DoubleSupplier alike) {
        return others.sum(terms, alike);
    }

    @Override
    public double flushed(ElementType type) {
        return others.flushed(type);
    }
}
