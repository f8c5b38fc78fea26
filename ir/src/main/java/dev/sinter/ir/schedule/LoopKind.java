package dev.sinter.ir.schedule;

/// How a loop runs.
public sealed interface LoopKind {
    /// How many dimensions a launch has at most.
    int DIMENSIONS = 3;

    Serial SERIAL = new Serial();
    Unroll UNROLL = new Unroll();
    Vector VECTOR = new Vector();

    /// One iteration after the other.
    record Serial() implements LoopKind {}

    /// As [Serial], written out: register arrays that it indexes stay in registers.
    record Unroll() implements LoopKind {}

    /// All iterations at once, as the lanes of one vector; always innermost.
    record Vector() implements LoopKind {}

    /// Each iteration is a work-group of its own, along one dimension of the launch; several loops may share one.
    record Global(int dimension) implements LoopKind {
        public Global {
            requireDimension(dimension);
        }
    }

    /// Each iteration is a work-item of the work-group, along one dimension.
    record Local(int dimension) implements LoopKind {
        public Local {
            requireDimension(dimension);
        }
    }

    /// As [Serial], started every `initiationInterval` cycles on an FPGA.
    record Pipeline(int initiationInterval) implements LoopKind {
        public Pipeline {
            if (initiationInterval < 1) {
                throw new IllegalArgumentException("an initiation interval of " + initiationInterval + " cycles");
            }
        }
    }

    private static void requireDimension(int dimension) {
        if (dimension < 0 || dimension >= DIMENSIONS) {
            throw new IllegalArgumentException("dimension " + dimension + " is none of 0, 1 and 2");
        }
    }

    /// True where iterations come one after the other.
    default boolean isInTurn() {
        return switch (this) {
            case Serial _, Pipeline _ -> true;
            case Unroll _, Vector _, Global _, Local _ -> false;
        };
    }

    /// True where iterations are work-groups or work-items.
    default boolean isParallel() {
        return switch (this) {
            case Global _, Local _ -> true;
            case Serial _, Unroll _, Vector _, Pipeline _ -> false;
        };
    }
}
