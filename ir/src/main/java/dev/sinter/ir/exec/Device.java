package dev.sinter.ir.exec;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.schedule.TunedDevice;
import dev.sinter.ir.schedule.Tuning;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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

    /// Schedules that come with Sinter, as they were measured to be the fastest on devices of this model.
    default Tuning tuning() {
        return Tuning.NONE;
    }

    /// True if kernels become faster while they run, since what runs often is compiled then.
    default boolean compilesWhileRunning() {
        return false;
    }

    /// The version of what compiles kernels for the device; empty where it does not tell.
    default String driver() {
        return "";
    }

    /// Whose measurements are good for this one.
    default TunedDevice tunedDevice() {
        return new TunedDevice(
                target().name(), Optional.of(name()), Optional.of(driver()), OptionalInt.of(target().computeUnits()));
    }

    /// Makes a program ready to run: kernels are compiled, constants packed and copied to the device.
    ///
    /// @throws dev.sinter.ir.diag.CompileException if the device cannot hold or build it
    LoadedProgram load(Program program, Trace trace);
}
