package dev.sinter.backend.opencl;

import dev.sinter.ir.schedule.Target;
import java.util.Optional;
import org.jocl.CL;

/// What schedules go by on an OpenCL device.
final class Targets {
    private Targets() {}

    /// @param origin the hardware file, or that there is none
    record Choice(Target target, String origin) {}

    static Choice choose(DeviceQuery query, Target.Kind kind) {
        return new Choice(reported(query, kind), "none matches; values are what OpenCL reports");
    }

    private static Target reported(DeviceQuery query, Target.Kind kind) {
        int lanes = kind == Target.Kind.CPU
                ? (int) Math.clamp(query.number(CL.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT), 1, 16)
                : 1;
        double clock = Math.max(1, query.number(CL.CL_DEVICE_MAX_CLOCK_FREQUENCY)) * 1e6;
        return new Target(
                query.text(CL.CL_DEVICE_NAME),
                kind == Target.Kind.FPGA ? Target.Kind.GPU : kind,
                lanes,
                lanes == 16 ? 32 : 16,
                kind == Target.Kind.CPU ? 1 : 32,
                (int) Math.max(1, query.number(CL.CL_DEVICE_MAX_COMPUTE_UNITS)),
                clock,
                kind == Target.Kind.CPU ? 4.0 * lanes : 128,
                Math.max(1, query.number(CL.CL_DEVICE_GLOBAL_MEM_SIZE)),
                kind == Target.Kind.CPU ? 15e9 : 200e9,
                query.number(CL.CL_DEVICE_LOCAL_MEM_SIZE),
                query.number(CL.CL_DEVICE_GLOBAL_MEM_CACHE_SIZE),
                kind == Target.Kind.CPU ? 12e-6 : 5e-6,
                Optional.empty());
    }
}
