package dev.sinter.ir.reference;

import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/// Independent work of the oracle's on all processors. Results cannot depend on how many there are: every element has
/// one writer, who computes it in a fixed order.
final class ParallelLoop {
    private static final long CHUNK = 1 << 14;

    private ParallelLoop() {}

    /// Work on element `i`.
    static void elements(long count, LongConsumer element) {
        units(Math.ceilDiv(count, CHUNK), chunk -> {
            long end = Math.min(count, (chunk + 1) * CHUNK);
            for (long i = chunk * CHUNK; i < end; i++) {
                element.accept(i);
            }
        });
    }

    /// Work that is large enough to be handed out by itself.
    static void units(long count, LongConsumer unit) {
        LongStream.range(0, count).parallel().forEach(unit);
    }
}
