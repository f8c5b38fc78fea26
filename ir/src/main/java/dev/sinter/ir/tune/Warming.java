package dev.sinter.ir.tune;

import dev.sinter.ir.exec.Device;
import java.util.concurrent.TimeUnit;

/// Runs what is going to be measured, until the first runs' peculiarities are over.
final class Warming {
    private static final int FEW_RUNS = 20;
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(50);

    /// Beyond what HotSpot counts before it compiles for good, which it then does on the side.
    private static final int MANY_RUNS = 8_000;

    private static final long LONG = TimeUnit.SECONDS.toNanos(2);

    private Warming() {}

    static void run(Device device, Runnable once) {
        int most = device.compilesWhileRunning() ? MANY_RUNS : FEW_RUNS;
        long time = device.compilesWhileRunning() ? LONG : SHORT;
        long start = System.nanoTime();
        for (int run = 0; run < most && System.nanoTime() - start < time; run++) {
            once.run();
        }
    }
}
