package dev.sinter.backend.opencl;

/// What printed OpenCL C may differ in, as data.
///
/// @param indexType the type of loop counters and ids
public record OpenClDialect(String indexType) {
    /// 64-bit counters: where addresses are 64 bits wide, a 32-bit sum must be extended before each load, which halves
    /// the speed of a convolution on x86.
    public static final OpenClDialect WIDE = new OpenClDialect("long");

    /// 32-bit counters: cheaper on GPUs, whose registers are 32 bits wide.
    public static final OpenClDialect NARROW = new OpenClDialect("int");
}
