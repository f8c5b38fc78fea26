package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Index;
import java.util.List;

/// Where an iteration reads or writes a stream.
///
/// @param when the iterations that do, which follows from their counters
/// @param offsets for each lane where its element stands in the tensor
record Meeting(Port port, Signal when, List<Index> offsets) {}
