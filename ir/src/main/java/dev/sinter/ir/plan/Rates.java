package dev.sinter.ir.plan;

/// What one work-item pays for what it does, in cycles of the unit that runs it.
///
/// @param load from a buffer, where neighbouring work-items load neighbours
/// @param gather what a load or store costs more where they do not; 0 where work-items do not run in lockstep
/// @param row what loading a vector costs more where twice as many rows are read side by side
/// @param loop for each iteration
/// @param barrier for each
/// @param start for each work-item
/// @param freeRegisters the share of registers that accumulators may take before compilers spill
/// @param spill how much longer everything takes then
/// @param lanesInTurn true where a vector operation takes a cycle for each lane
record Rates(
        double load,
        double gather,
        double row,
        double loop,
        double barrier,
        double start,
        double freeRegisters,
        double spill,
        boolean lanesInTurn) {
    /// Measured with PoCL on AVX-512, but for the barrier: no schedule for CPUs has one.
    static final Rates CPU = new Rates(0.5, 0, 0.5, 1.5, 1_000, 20, 0.65, 1.8, false);

    /// Guesses, not measured. A load waits longer than other work-items can hide; one that is not coalesced takes
    /// several transactions.
    static final Rates GPU = new Rates(4, 12, 0, 2, 20, 20, 0.5, 1.5, true);
}
