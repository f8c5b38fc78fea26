package dev.sinter.ir.evaluate;

import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.kernel.Channel;
import dev.sinter.ir.kernel.KernelArray;
import java.util.List;
import java.util.Map;

/// Something that a kernel must never do, and where it did it: `at` has the values of ids and loop counters.
public sealed interface Finding {
    String kernel();

    Map<String, Long> at();

    /// Reads or writes an element that the buffer does not have.
    record OutsideBuffer(String kernel, Map<String, Long> at, Buffer buffer, long offset, boolean writes)
            implements Finding {
        public OutsideBuffer {
            at = Map.copyOf(at);
        }

        @Override
        public String toString() {
            return kernel + (writes ? " writes " : " reads ") + buffer + "[" + offset + "] of " + buffer.elements()
                    + " elements, at " + at;
        }
    }

    /// Reads or writes an element that the register array does not have.
    record OutsideArray(String kernel, Map<String, Long> at, KernelArray array, List<Long> coordinates)
            implements Finding {
        public OutsideArray {
            at = Map.copyOf(at);
            coordinates = List.copyOf(coordinates);
        }

        @Override
        public String toString() {
            return kernel + " uses " + array + coordinates + " of " + array.extents() + " at " + at;
        }
    }

    /// Stores, as an element of its output, a number that depends on memory or registers that nothing wrote.
    record Undefined(String kernel, Map<String, Long> at, Buffer buffer, long offset) implements Finding {
        public Undefined {
            at = Map.copyOf(at);
        }

        @Override
        public String toString() {
            return kernel + " stores to " + buffer + "[" + offset + "] what depends on unwritten memory, at " + at;
        }
    }

    /// Reads a coordinate of a ring whose place a later one has taken.
    record Overwritten(String kernel, Map<String, Long> at, KernelArray array, long coordinate, long occupant)
            implements Finding {
        public Overwritten {
            at = Map.copyOf(at);
        }

        @Override
        public String toString() {
            return kernel + " reads coordinate " + coordinate + " of the ring " + array + ", in whose place " + occupant
                    + " is, at " + at;
        }
    }

    /// Two work-items touch one number in local memory without a barrier in between, at least one of them writing.
    record LocalRace(String kernel, Map<String, Long> at, KernelArray array, long place, long earlier, long later)
            implements Finding {
        public LocalRace {
            at = Map.copyOf(at);
        }

        @Override
        public String toString() {
            return kernel + " touches number " + place + " of " + array + " in work-items " + earlier + " and " + later
                    + " without a barrier in between, and one of them writes, at " + at;
        }
    }

    /// Work-items of one group take different ways around a barrier, where a device would wait for ever.
    record Diverging(String kernel, Map<String, Long> at, String what) implements Finding {
        public Diverging {
            at = Map.copyOf(at);
        }

        @Override
        public String toString() {
            return kernel + " has a barrier inside of " + what + " that differs between work-items, at " + at;
        }
    }

    /// Waits at a channel where nothing will ever move again.
    record Blocked(String kernel, Map<String, Long> at, Channel channel, boolean writes) implements Finding {
        public Blocked {
            at = Map.copyOf(at);
        }

        @Override
        public String toString() {
            return kernel + " waits for ever to " + (writes ? "write to " : "read from ") + channel + " of depth "
                    + channel.depth() + ", at " + at;
        }
    }

    /// Takes another element out of a channel than it means to.
    record OutOfOrder(String kernel, Map<String, Long> at, Channel channel, long expected, long found)
            implements Finding {
        public OutOfOrder {
            at = Map.copyOf(at);
        }

        @Override
        public String toString() {
            return kernel + " expects element " + expected + " of " + channel + " but takes " + found + ", at " + at;
        }
    }

    /// Elements stay in a channel after all kernels have ended.
    record Left(String kernel, Channel channel, long elements) implements Finding {
        @Override
        public Map<String, Long> at() {
            return Map.of();
        }

        @Override
        public String toString() {
            return elements + " elements stay in " + channel + " after " + kernel + " and its neighbours have ended";
        }
    }

    /// Two work-items touch one element, at least one of them writing; they are numbered from 0.
    record Race(String kernel, Map<String, Long> at, Buffer buffer, long offset, long earlier, long later)
            implements Finding {
        public Race {
            at = Map.copyOf(at);
        }

        @Override
        public String toString() {
            return kernel + " touches " + buffer + "[" + offset + "] in work-items " + earlier + " and " + later
                    + ", and one of them writes, at " + at;
        }
    }
}
