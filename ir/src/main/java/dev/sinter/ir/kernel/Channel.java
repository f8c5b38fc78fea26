package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.type.ElementType;

/// A queue between two kernels that run at the same time: one writes, one reads, each element once and in order.
///
/// @param source the tensor that goes through it
/// @param depth how many elements it holds before a writer must wait
/// @param order the layout in which its elements would lie one after the other
public record Channel(Source source, int depth, Layout order) {
    public String name() {
        return source.name();
    }

    public ElementType element() {
        return source.type().element();
    }

    @Override
    public String toString() {
        return name();
    }
}
