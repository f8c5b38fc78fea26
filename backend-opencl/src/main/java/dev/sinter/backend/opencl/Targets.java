package dev.sinter.backend.opencl;

import dev.sinter.hardware.DeviceDescription;
import dev.sinter.hardware.HardwareConfig;
import dev.sinter.hardware.HardwareConfigs;
import dev.sinter.ir.schedule.Target;
import java.util.List;
import java.util.Optional;
import org.jocl.CL;

/// What schedules go by on an OpenCL device.
final class Targets {
    private static final int MOST_LANES = 16;

    private Targets() {}

    /// @param origin the hardware file, or that there is none
    record Choice(Target target, String origin) {}

    /// @param units how many work-groups are computed at one time
    static Choice choose(DeviceQuery query, DeviceDescription.DeviceType type, int units) {
        DeviceDescription description = new DeviceDescription(
                DeviceDescription.DeviceRuntime.OPENCL,
                type,
                query.platformText(CL.CL_PLATFORM_NAME),
                query.text(CL.CL_DEVICE_NAME),
                query.text(CL.CL_DEVICE_VENDOR),
                vectorWidth(query));
        Optional<HardwareConfig> file = HardwareConfigs.bundled().match(description);
        return file.map(config ->
                        new Choice(config.target(units, memory(query)).withHalf(hasHalf(query)), config.origin()))
                .orElseGet(() -> new Choice(
                        reported(query, type, units).withHalf(hasHalf(query)),
                        "none matches; values are what OpenCL reports"));
    }

    private static boolean hasHalf(DeviceQuery query) {
        return List.of(query.text(CL.CL_DEVICE_EXTENSIONS).split(" ")).contains("cl_khr_fp16");
    }

    private static int vectorWidth(DeviceQuery query) {
        return Math.clamp(query.number(CL.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT), 1, MOST_LANES);
    }

    private static long memory(DeviceQuery query) {
        return Math.max(1, query.number(CL.CL_DEVICE_GLOBAL_MEM_SIZE));
    }

    /// A guess for a device that no file knows: rates that OpenCL does not tell are what such devices usually have.
    private static Target reported(DeviceQuery query, DeviceDescription.DeviceType type, int units) {
        boolean cpu = type == DeviceDescription.DeviceType.CPU;
        int lanes = cpu ? vectorWidth(query) : 1;
        return new Target(
                query.text(CL.CL_DEVICE_NAME),
                cpu ? Target.Kind.CPU : Target.Kind.GPU,
                lanes,
                lanes == MOST_LANES ? 32 : 16,
                cpu ? 1 : 32,
                units,
                Math.max(1, query.number(CL.CL_DEVICE_MAX_CLOCK_FREQUENCY)) * 1e6,
                cpu ? 4.0 * lanes : 128,
                memory(query),
                cpu ? 15e9 : 200e9,
                query.number(CL.CL_DEVICE_LOCAL_MEM_SIZE),
                query.number(CL.CL_DEVICE_GLOBAL_MEM_CACHE_SIZE),
                cpu ? 12e-6 : 5e-6,
                Optional.empty());
    }
}
