package dev.sinter.ir.tune;

import dev.sinter.ir.schedule.Target;

/// Goes over as much memory as the rest of a network does between two runs of one of its steps: a step by itself would
/// find its weights in a cache, where they are not in a network that is larger than the cache.
///
/// Only the host's caches can be reached from here, which are those of a CPU.
final class OtherTraffic {
    /// Larger than the caches that a core has for itself, and than its share of others.
    private static final long MOST_BYTES = 64 << 20;

    private static final int LINE = 64 / Long.BYTES;

    private final long[] memory;

    /// @param bytes that other steps move in a run
    OtherTraffic(Target target, long bytes) {
        boolean ours = target.kind() == Target.Kind.CPU;
        memory = new long[ours ? (int) (Math.clamp(bytes, 0, MOST_BYTES) / Long.BYTES) : 0];
    }

    void pass() {
        for (int at = 0; at < memory.length; at += LINE) {
            memory[at]++;
        }
    }
}
