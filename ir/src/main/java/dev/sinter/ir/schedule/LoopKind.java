package dev.sinter.ir.schedule;

/// How a loop runs.
public sealed interface LoopKind {
    Serial SERIAL = new Serial();
    Unroll UNROLL = new Unroll();
    Vector VECTOR = new Vector();
    Global GLOBAL = new Global();

    /// One iteration after the other.
    record Serial() implements LoopKind {}

    /// As [Serial], written out: register arrays that it indexes stay in registers.
    record Unroll() implements LoopKind {}

    /// All iterations at once, as the lanes of one vector; always innermost.
    record Vector() implements LoopKind {}

    /// Each iteration is work-items of its own.
    record Global() implements LoopKind {}

    /// As [Serial], started every `initiationInterval` cycles on an FPGA.
    record Pipeline(int initiationInterval) implements LoopKind {}
}
