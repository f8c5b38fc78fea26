package dev.sinter.ir.exec;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.schedule.Target;
import java.util.Map;

/// Something that runs kernels.
public interface Device {
    /// The name by which users choose this one among a backend's devices, for example `opencl:0`.
    String id();

    /// What the device calls itself.
    String name();

    String backend();

    /// What schedules go by.
    Target target();

    /// What the driver reports and which hardware file was taken, for people, in a stable order.
    Map<String, String> details();

    /// True if kernels that are linked by channels run at the same time. Programs for other devices have buffers in
    /// place of channels.
    default boolean hasChannels() {
        return false;
    }

    /// Makes a program ready to run: kernels are compiled, constants packed and copied to the device.
    ///
    /// @throws dev.sinter.ir.diag.CompileException if the device cannot hold or build it
    LoadedProgram load(Program program, Trace trace);
}
