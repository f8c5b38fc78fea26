package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.LoadedProgram;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Workers;
import dev.sinter.ir.schedule.Target;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The running JVM.
record JvmDevice(Target target, Workers workers, KernelClasses classes, Map<String, String> details) implements Device {
    static final String BACKEND = "jvm";

    /// Rates are estimates of one core, good for ranking schedules: a JVM does not tell its processor's.
    private static final double CLOCK = 3e9;

    private static final double BANDWIDTH = 15e9;
    private static final long LOCAL_BYTES = 1 << 20;
    private static final long CACHE_BYTES = 4 << 20;
    private static final double LAUNCH_OVERHEAD = 5e-6;

    private static final String SCALAR =
            "scalar code, since Java was started without --add-modules " + VectorLanes.MODULE;

    /// Set when it was told that kernels are slow.
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    static JvmDevice create() {
        int threads = Workers.shared().threads();
        int lanes = VectorLanes.preferred();
        Target target = new Target(
                BACKEND + "-" + lanes,
                Target.Kind.CPU,
                lanes,
                registers(lanes),
                1,
                threads,
                CLOCK,
                4.0 * lanes,
                Runtime.getRuntime().maxMemory(),
                BANDWIDTH,
                LOCAL_BYTES,
                CACHE_BYTES,
                LAUNCH_OVERHEAD,
                Optional.empty());
        return new JvmDevice(target, Workers.shared(), new KernelClasses(), details(threads, lanes));
    }

    /// AVX-512 and AArch64 have 32 vector registers, AVX and SSE 16.
    private static int registers(int lanes) {
        boolean many = lanes == 16 || System.getProperty("os.arch", "").equals("aarch64");
        return many ? 32 : 16;
    }

    private static Map<String, String> details(int threads, int lanes) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("virtual machine", System.getProperty("java.vm.name") + " " + Runtime.version());
        details.put("processor", System.getProperty("os.arch", ""));
        details.put("threads", String.valueOf(threads));
        details.put("memory", Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB");
        details.put("float vector", VectorLanes.isAvailable() ? String.valueOf(lanes) : "1: " + SCALAR);
        return Collections.unmodifiableMap(details);
    }

    @Override
    public String id() {
        return BACKEND + ":0";
    }

    @Override
    public String name() {
        return System.getProperty("java.vm.name", "JVM");
    }

    @Override
    public boolean compilesWhileRunning() {
        return true;
    }

    @Override
    public String driver() {
        return Runtime.version().toString();
    }

    @Override
    public String backend() {
        return BACKEND;
    }

    @Override
    public LoadedProgram load(Program program, Trace trace) {
        if (!VectorLanes.isAvailable() && TOLD.compareAndSet(false, true)) {
            trace.note(
                    "warning",
                    "kernels are " + SCALAR + ", and take about ten times as long",
                    Map.of("device", id(), "option", "--add-modules " + VectorLanes.MODULE));
        }
        return JvmProgram.load(program, this, trace);
    }
}
