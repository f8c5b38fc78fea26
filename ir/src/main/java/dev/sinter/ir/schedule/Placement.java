package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Stage;

/// Where a stage is computed, and where its elements are until they are read.
public sealed interface Placement {
    Inline INLINE = new Inline();

    /// A kernel of its own that writes device memory.
    Root ROOT = new Root(Memory.BUFFER);

    /// Nowhere: each reader computes what it reads. For stages that do not reduce.
    record Inline() implements Placement {}

    /// Inside the outermost `computed` loops of `consumer`, as much as is read there. The memory for it lives inside
    /// the outermost `kept` of those loops. Where fewer loops keep it than compute it, what earlier iterations computed
    /// stays, only what is new is computed, and the memory is a ring as large as what is read at one time.
    record At(Stage consumer, int computed, int kept, Memory memory) implements Placement {
        public At {
            if (kept < 0 || computed < kept) {
                throw new IllegalArgumentException(
                        "computed inside " + computed + " loops but kept inside " + kept + " of them");
            }
        }

        /// Computed anew in every iteration.
        public At(Stage consumer, int computed, Memory memory) {
            this(consumer, computed, computed, memory);
        }
    }

    /// A kernel of its own.
    record Root(Memory memory) implements Placement {}
}
