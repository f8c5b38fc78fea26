package dev.sinter.backend.opencl;

import dev.sinter.hardware.DeviceDescription;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.LoadedProgram;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.schedule.Target;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jocl.CL;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/// One OpenCL device.
///
/// @param largestBuffer bytes that one buffer may have
record OpenClDevice(
        String id,
        String name,
        Target target,
        OpenClDialect dialect,
        Map<String, String> details,
        long largestBuffer,
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
        Targets.Choice choice = Targets.choose(query, type(query));
        details.put("half", choice.target().half() ? "yes" : "no");
        details.put("hardware file", choice.origin());
        OpenClDialect dialect =
                type(query) == DeviceDescription.DeviceType.CPU ? OpenClDialect.WIDE : OpenClDialect.NARROW;
        return new OpenClDevice(
                id,
                query.text(CL.CL_DEVICE_NAME),
                choice.target(),
                dialect,
                Collections.unmodifiableMap(details),
                query.number(CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE),
                platform,
                device);
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

    /// What a compiled kernel depends on besides its source.
    String identity() {
        return String.join("|", details.get("platform"), name, details.get("version"), details.get("driver"));
    }

    @Override
    public LoadedProgram load(Program program, Trace trace) {
        return OpenClProgram.load(program, this, trace);
    }
}
