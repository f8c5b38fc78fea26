package dev.sinter.ir.schedule;

/// What elements lie in between being computed and being read.
public sealed interface Memory {
    Registers REGISTERS = new Registers();
    Local LOCAL = new Local();
    Buffer BUFFER = new Buffer();

    /// Private to a work-item: registers, or its stack where they are many.
    record Registers() implements Memory {}

    /// Shared by a work-group, whose work-items fill it together.
    record Local() implements Memory {}

    /// Device memory. How a tensor lies there is the tensor's business, not the schedule's.
    record Buffer() implements Memory {}

    /// A queue between two kernels that run at the same time, with room for `depth` elements. Where a device has no
    /// such queues the kernels run one after the other, and it is a buffer.
    record Channel(int depth) implements Memory {
        public Channel {
            if (depth < 1) {
                throw new IllegalArgumentException("a channel of depth " + depth + " holds nothing");
            }
        }
    }
}
