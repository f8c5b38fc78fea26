package dev.sinter.cli.run;

import dev.sinter.ir.exec.RunContext.KernelTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The time of each kernel, summed over runs.
final class KernelSeconds {
    private final Map<String, Double> byKernel = new LinkedHashMap<>();

    void add(List<KernelTime> times) {
        times.forEach(time -> byKernel.merge(time.kernel(), (time.endNanos() - time.startNanos()) / 1e9, Double::sum));
    }

    void clear() {
        byKernel.clear();
    }

    Map<String, Double> byKernel() {
        return Collections.unmodifiableMap(byKernel);
    }
}
