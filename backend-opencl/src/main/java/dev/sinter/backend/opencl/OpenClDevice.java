package dev.sinter.backend.opencl;

import dev.sinter.hardware.BundledTuning;
import dev.sinter.hardware.DeviceDescription;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.LoadedProgram;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Workers;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.schedule.Tuning;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jocl.CL;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/// One OpenCL device.
///
/// @param largestBuffer bytes that one buffer may have
/// @param workers the threads that run kernels where the driver has none
record OpenClDevice(
        String id,
        String name,
        Target target,
        OpenClDialect dialect,
        Map<String, String> details,
        long largestBuffer,
        Optional<Workers> workers,
        cl_platform_id platform,
        cl_device_id handle)
        implements Device {

    static OpenClDevice of(String id, cl_platform_id platform, cl_device_id device) {
        DeviceQuery query = new DeviceQuery(platform, device);
        Map<String, String> details = new LinkedHashMap<>();
        details.put("platform", query.platformText(CL.CL_PLATFORM_NAME));
        details.put("vendor", query.text(CL.CL_DEVICE_VENDOR));
        details.put("type", type(query).name().toLowerCase(Locale.ROOT));
        details.put("version", query.text(CL.CL_DEVICE_VERSION));
        details.put("driver", query.text(CL.CL_DRIVER_VERSION));
        details.put("compute units", String.valueOf(query.number(CL.CL_DEVICE_MAX_COMPUTE_UNITS)));
        details.put("clock", query.number(CL.CL_DEVICE_MAX_CLOCK_FREQUENCY) + " MHz");
        details.put("memory", query.number(CL.CL_DEVICE_GLOBAL_MEM_SIZE) / (1 << 20) + " MiB");
        details.put("float vector", String.valueOf(query.number(CL.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT)));
        Optional<Workers> workers = workers(query);
        workers.ifPresent(ours -> details.put("threads", ours.threads() + ", of Sinter's own"));
        int units = workers.map(Workers::threads).orElseGet(() -> units(query));
        Targets.Choice choice = Targets.choose(query, type(query), units);
        details.put("half", choice.target().half() ? "yes" : "no");
        details.put("hardware file", choice.origin());
        return new OpenClDevice(
                id,
                query.text(CL.CL_DEVICE_NAME),
                choice.target(),
                dialect(query, workers),
                Collections.unmodifiableMap(details),
                query.number(CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE),
                workers,
                platform,
                device);
    }

    private static Optional<Workers> workers(DeviceQuery query) {
        String platform = query.platformText(CL.CL_PLATFORM_NAME);
        return Pocl.computesInCaller(platform, query.text(CL.CL_DEVICE_NAME))
                ? Optional.of(Workers.shared())
                : Optional.empty();
    }

    private static int units(DeviceQuery query) {
        return (int) Math.max(1, query.number(CL.CL_DEVICE_MAX_COMPUTE_UNITS));
    }

    private static OpenClDialect dialect(DeviceQuery query, Optional<Workers> workers) {
        if (workers.isPresent()) {
            return OpenClDialect.PIECES;
        }
        return type(query) == DeviceDescription.DeviceType.CPU ? OpenClDialect.WIDE : OpenClDialect.NARROW;
    }

    private static DeviceDescription.DeviceType type(DeviceQuery query) {
        long type = query.number(CL.CL_DEVICE_TYPE);
        if ((type & CL.CL_DEVICE_TYPE_CPU) != 0) {
            return DeviceDescription.DeviceType.CPU;
        }
        return (type & CL.CL_DEVICE_TYPE_ACCELERATOR) != 0
                ? DeviceDescription.DeviceType.ACCELERATOR
                : DeviceDescription.DeviceType.GPU;
    }

    @Override
    public String backend() {
        return "opencl";
    }

    String platformName() {
        return Expect.present(details.get("platform"), this);
    }

    @Override
    public String driver() {
        return details.getOrDefault("platform", "") + " " + details.getOrDefault("driver", "");
    }

    @Override
    public Tuning tuning() {
        return BundledTuning.of(target);
    }

    /// What a compiled kernel depends on besides its source.
    String identity() {
        return String.join("|", platformName(), name, details.get("version"), details.get("driver"));
    }

    @Override
    public LoadedProgram load(Program program, Trace trace) {
        return OpenClProgram.load(program, this, trace);
    }
}
