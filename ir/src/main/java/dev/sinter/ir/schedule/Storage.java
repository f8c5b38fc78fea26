package dev.sinter.ir.schedule;

/// Where the elements of a stage live between being computed and being read.
public sealed interface Storage {
    Inline INLINE = new Inline();
    Buffer BUFFER = new Buffer();

    /// Nowhere: each reader computes what it reads. For stages that do not reduce.
    record Inline() implements Storage {}

    /// In registers of the work-item that reads them, computed inside the outermost `depth` loops of the kernel's
    /// root.
    record Registers(int depth) implements Storage {}

    /// In device memory, written by a kernel of the stage's own.
    record Buffer() implements Storage {}
}
