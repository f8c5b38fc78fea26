package dev.sinter.ir.plan;

import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a kernel fits a target.
final class KernelRoom {
    /// What the compilers of today's GPUs give one work-item at most, in numbers of 32 bits.
    private static final long GPU_REGISTERS = 255;

    /// What OpenCL devices allow at least that are GPUs.
    private static final long MOST_ITEMS = 256;

    private KernelRoom() {}

    /// What the kernel has too much of, if anything.
    static Optional<String> lacking(Kernel kernel, Target target) {
        long shared = arrays(kernel.body())
                .filter(KernelArray::isShared)
                .mapToLong(KernelArray::bytes)
                .sum();
        long own = arrays(kernel.body())
                .filter(array -> !array.isShared())
                .mapToLong(array -> array.elements() * array.lanes())
                .sum();
        long items = kernel.launch() instanceof Launch.NdRange range ? range.groupSize() : 1;
        return switch (target.kind()) {
            // Large arrays are on the stack, which the cost of spilling tells.
            case CPU -> Optional.empty();
            case GPU ->
                more("numbers in registers", own, GPU_REGISTERS)
                        .or(() -> more("bytes of local memory", shared, target.localBytes()))
                        .or(() -> more("work-items in a group", items, MOST_ITEMS));
            case FPGA -> more("bits of block RAM", 8 * (shared + 4 * own), blockRam(target));
        };
    }

    private static long blockRam(Target target) {
        return target.fpga().map(Target.Fpga::blockRamBits).orElse(Long.MAX_VALUE);
    }

    private static Optional<String> more(String what, long needed, long there) {
        return needed <= there ? Optional.empty() : Optional.of(needed + " " + what + ", of which there are " + there);
    }

    private static Stream<KernelArray> arrays(List<Stmt> statements) {
        return statements.stream().flatMap(statement -> switch (statement) {
            case Stmt.Allocate(KernelArray array) -> Stream.of(array);
            case Stmt.For loop -> arrays(loop.body());
            case Stmt.If(_, List<Stmt> body) -> arrays(body);
            case Stmt.Barrier _, Stmt.Assign _, Stmt.Store _, Stmt.ChannelWrite _, Stmt.ChannelRead _ -> Stream.of();
        });
    }
}
