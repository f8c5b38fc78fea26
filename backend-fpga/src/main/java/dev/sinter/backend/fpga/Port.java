package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Range;

/// Where a kernel meets a stream: the elements of a tensor, some at a time, in an order that the kernel settles.
///
/// @param name the prefix of its wires
/// @param buffer the tensor, as the kernel knows it
/// @param written true if the kernel yields the elements
/// @param lanes how many come at once
/// @param range of each element
record Port(String name, Buffer buffer, boolean written, int lanes, Range range) {
    /// How many wires an element takes.
    int elementBits() {
        return Signal.stored(range);
    }

    int width() {
        return lanes * elementBits();
    }
}
