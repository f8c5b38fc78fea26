package dev.sinter.ir.plan;

import dev.sinter.ir.kernel.Allocations;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.schedule.Target;
import java.util.List;
import java.util.Optional;

/// Whether a kernel fits a target.
final class KernelRoom {
    /// What the compilers of today's GPUs give one work-item at most, in numbers of 32 bits.
    private static final long GPU_REGISTERS = 255;

    /// Of a thread's stack, of which there are 8 MiB on Linux and may be less elsewhere.
    private static final long STACK = 1 << 20;

    /// As many as every GPU allows.
    private static final long MOST_ITEMS = 256;

    private KernelRoom() {}

    /// What the kernel has too much of, if anything.
    static Optional<String> lacking(Kernel kernel, Target target) {
        List<KernelArray> arrays = Allocations.in(kernel.body()).toList();
        long bytes = arrays.stream().mapToLong(KernelArray::bytes).sum();
        long shared = arrays.stream()
                .filter(KernelArray::isShared)
                .mapToLong(KernelArray::bytes)
                .sum();
        long own = arrays.stream()
                .filter(array -> !array.isShared())
                .mapToLong(array -> array.elements() * array.lanes())
                .sum();
        long items = kernel.launch() instanceof Launch.NdRange range ? range.groupSize() : 1;
        return switch (target.kind()) {
            case CPU -> more("bytes on a stack", bytes - shared, STACK);
            case GPU ->
                more("numbers in registers", own, GPU_REGISTERS)
                        .or(() -> more("bytes of local memory", shared, target.localBytes()))
                        .or(() -> more("work-items in a group", items, MOST_ITEMS));
            case FPGA -> more("bits of block RAM", 8 * bytes, blockRam(target));
        };
    }

    private static long blockRam(Target target) {
        return target.fpga().map(Target.Fpga::blockRamBits).orElse(Long.MAX_VALUE);
    }

    private static Optional<String> more(String what, long needed, long there) {
        return needed <= there ? Optional.empty() : Optional.of(needed + " " + what + ", of which there are " + there);
    }
}
