package dev.sinter.ir.numeric;

import dev.sinter.ir.type.ElementType;

/// See [Rounding#none()].
enum NoRounding implements Rounding {
    INSTANCE;

    @Override
    public double unit(ElementType type) {
        return 0;
    }

    @Override
    public double sum(long terms) {
        return 0;
    }

    @Override
    public double flushed(ElementType type) {
        return 0;
    }

    @Override
    public Rounding independent() {
        return this;
    }

    @Override
    public Rounding likely() {
        return this;
    }
}
