package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Source;
import dev.sinter.ir.type.ElementType;

/// A queue between two kernels that run at the same time: one writes, one reads, each element once and in order. Its
/// identity is what counts.
///
/// `source` is the tensor that goes through it, `depth` how many elements it holds before a writer must wait.
public final class Channel {
    private final String name;
    private final Source source;
    private final int depth;

    public Channel(String name, Source source, int depth) {
        this.name = name;
        this.source = source;
        this.depth = depth;
    }

    public String name() {
        return name;
    }

    public Source source() {
        return source;
    }

    public ElementType element() {
        return source.type().element();
    }

    /// How many elements go through it in one run.
    public long elements() {
        return source.type().shape().elements();
    }

    public int depth() {
        return depth;
    }

    @Override
    public String toString() {
        return name;
    }
}
