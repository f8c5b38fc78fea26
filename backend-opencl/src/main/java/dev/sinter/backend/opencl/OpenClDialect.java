package dev.sinter.backend.opencl;

/// What printed OpenCL C may differ in, as data.
///
/// @param indexType the type of loop counters and ids
/// @param inPieces whether a kernel takes the number of its first work-group, as its last argument, so that it can be
///     started piece by piece
public record OpenClDialect(String indexType, boolean inPieces) {
    /// 64-bit counters: where addresses are 64 bits wide, a 32-bit sum must be extended before each load, which halves
    /// the speed of a convolution on x86.
    public static final OpenClDialect WIDE = new OpenClDialect("long", false);

    /// 32-bit counters: cheaper on GPUs, whose registers are 32 bits wide.
    public static final OpenClDialect NARROW = new OpenClDialect("int", false);

    /// For threads of this process that start pieces of a kernel each. OpenCL's own offset would do, but PoCL compiles
    /// a kernel anew for launches that have one.
    static final OpenClDialect PIECES = new OpenClDialect("long", true);
}
