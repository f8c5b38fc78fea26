package dev.sinter.ir.schedule;

import java.util.Optional;

/// What a schedule must know of a device model. Rates are peaks, in base units: bytes, hertz, operations per second.
///
/// @param name the device model, for people
/// @param vectorLanes how many float32 numbers one vector instruction of a work-item holds; 1 where work-items
///     themselves are the lanes (GPUs) or there are no vectors
/// @param vectorRegisters how many such vectors a work-item can keep in registers without spilling
/// @param subgroup how many work-items run in lockstep; 1 on CPUs and FPGAs
/// @param computeUnits cores, streaming multiprocessors, or 1 for an FPGA
/// @param clock in hertz
/// @param flopsPerCycle float32 operations per cycle and compute unit, a fused multiply-add counting as two
/// @param memoryBytes device memory
/// @param memoryBandwidth bytes per second between device memory and compute units
/// @param localBytes memory shared by a work-group
/// @param cacheBytes the last cache before device memory; 0 if there is none
/// @param launchOverhead seconds that one more kernel in a queue costs
/// @param fpga resources, for FPGAs only
/// @param limits how large one kernel may become
/// @param half true if it computes in float16 (OpenCL's extension cl_khr_fp16)
public record Target(
        String name,
        Kind kind,
        int vectorLanes,
        int vectorRegisters,
        int subgroup,
        int computeUnits,
        double clock,
        double flopsPerCycle,
        long memoryBytes,
        double memoryBandwidth,
        long localBytes,
        long cacheBytes,
        double launchOverhead,
        Optional<Fpga> fpga,
        Limits limits,
        boolean half) {

    /// The families that get different schedules.
    public enum Kind {
        CPU,
        GPU,
        FPGA
    }

    /// How large one kernel may become before compilers of devices fail at it, or take too long.
    ///
    /// @param arguments how many buffers a kernel takes
    /// @param operators how many operators of a network are compiled into one kernel
    public record Limits(int arguments, int operators) {
        /// OpenCL promises room for 128 addresses; PoCL 3.1 ends the process at 180. A method of the JVM takes 255
        /// words.
        public static final Limits COMMON = new Limits(64, 32);

        public Limits {
            positive("arguments", arguments - 1);
            positive("operators", operators);
        }
    }

    /// A target with the common limits, without float16.
    public Target(
            String name,
            Kind kind,
            int vectorLanes,
            int vectorRegisters,
            int subgroup,
            int computeUnits,
            double clock,
            double flopsPerCycle,
            long memoryBytes,
            double memoryBandwidth,
            long localBytes,
            long cacheBytes,
            double launchOverhead,
            Optional<Fpga> fpga) {
        this(
                name,
                kind,
                vectorLanes,
                vectorRegisters,
                subgroup,
                computeUnits,
                clock,
                flopsPerCycle,
                memoryBytes,
                memoryBandwidth,
                localBytes,
                cacheBytes,
                launchOverhead,
                fpga,
                Limits.COMMON,
                false);
    }

    /// The same with other limits.
    public Target withLimits(Limits others) {
        return with(fpga, others, half);
    }

    /// The same chip with other resources.
    public Target withFpga(Fpga other) {
        return with(Optional.of(other), limits, half);
    }

    /// The same, computing in float16 or not.
    public Target withHalf(boolean other) {
        return with(fpga, limits, other);
    }

    private Target with(Optional<Fpga> otherFpga, Limits otherLimits, boolean otherHalf) {
        return new Target(
                name,
                kind,
                vectorLanes,
                vectorRegisters,
                subgroup,
                computeUnits,
                clock,
                flopsPerCycle,
                memoryBytes,
                memoryBandwidth,
                localBytes,
                cacheBytes,
                launchOverhead,
                otherFpga,
                otherLimits,
                otherHalf);
    }

    /// What an FPGA is made of.
    ///
    /// @param logicCells look-up tables (adaptive logic modules where the vendor counts those)
    /// @param dsps multiplier blocks
    /// @param blockRamBits on-chip memory
    /// @param largeRamBits on-chip memory with one port that is empty at the start
    /// @param toolchain the vendor compiler: `aoc`, `v++` or `yosys`
    /// @param family of chips that are made of the same cells; none where nothing is known of those
    public record Fpga(
            long logicCells,
            long dsps,
            long blockRamBits,
            long largeRamBits,
            String toolchain,
            Optional<Family> family) {
        /// Chips that are made of the same cells, as yosys knows them.
        public enum Family {
            /// Lattice iCE40.
            ICE40,
            /// Lattice ECP5.
            ECP5,
            /// AMD (Xilinx) 7 series: Artix, Kintex, Virtex, Zynq 7000.
            XILINX7
        }

        public Fpga {
            positive("logicCells", logicCells);
            notNegative("dsps", dsps);
            notNegative("blockRamBits", blockRamBits);
            notNegative("largeRamBits", largeRamBits);
        }

        /// One of whose cells nothing is known.
        public Fpga(long logicCells, long dsps, long blockRamBits, String toolchain) {
            this(logicCells, dsps, blockRamBits, 0, toolchain, Optional.empty());
        }

        /// True if the vendor's compiler links kernels by the channels that our printers write.
        public boolean hasChannels() {
            return toolchain.equals("aoc");
        }
    }

    public Target {
        positive("vectorLanes", vectorLanes);
        positive("vectorRegisters", vectorRegisters);
        positive("subgroup", subgroup);
        positive("computeUnits", computeUnits);
        positive("clock", clock);
        positive("flopsPerCycle", flopsPerCycle);
        positive("memoryBytes", memoryBytes);
        positive("memoryBandwidth", memoryBandwidth);
        notNegative("localBytes", localBytes);
        notNegative("cacheBytes", cacheBytes);
        notNegative("launchOverhead", launchOverhead);
        if (fpga.isPresent() != (kind == Kind.FPGA)) {
            throw new IllegalArgumentException(
                    kind + " " + (fpga.isPresent() ? "with" : "without") + " FPGA resources");
        }
    }

    private static void positive(String what, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(what + " " + value + " must be above 0");
        }
    }

    private static void notNegative(String what, double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException(what + " " + value + " must not be negative");
        }
    }

    /// Peak float32 operations per second.
    public double peakFlops() {
        return computeUnits * clock * flopsPerCycle;
    }
}
