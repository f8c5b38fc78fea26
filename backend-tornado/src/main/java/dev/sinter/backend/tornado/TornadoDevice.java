package dev.sinter.backend.tornado;

import dev.sinter.backend.jvm.JvmBackend;
import dev.sinter.hardware.DeviceDescription;
import dev.sinter.hardware.HardwareConfig;
import dev.sinter.hardware.HardwareConfigs;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.LoadedProgram;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.schedule.Target;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One of TornadoVM's devices, with the form in which it gets kernels.
record TornadoDevice(
        TornadoApi api, TornadoApi.ApiDevice handle, TornadoForm form, Target target, Map<String, String> details)
        implements Device {
    /// A task has up to 20 parameters, the context among them.
    private static final Target.Limits LIMITS = new Target.Limits(19, Target.Limits.COMMON.operators());

    static TornadoDevice of(TornadoApi api, TornadoApi.ApiDevice handle) {
        TornadoForm form = TornadoForm.chosen().orElseGet(() -> usual(handle));
        HardwareConfig hardware = hardware(handle, form);
        Map<String, String> details = new LinkedHashMap<>();
        details.put("runtime", "TornadoVM");
        details.put("backend", handle.backendName().toLowerCase(Locale.ROOT));
        details.put("platform", handle.platform());
        details.put("type", type(handle).name().toLowerCase(Locale.ROOT));
        details.put("compute units", String.valueOf(handle.units()));
        details.put("memory", handle.memory() / (1 << 20) + " MiB");
        details.put("kernels", form.text());
        details.put("hardware file", hardware.origin());
        return new TornadoDevice(
                api,
                handle,
                form,
                hardware.target(Math.max(1, handle.units()), Math.max(1, handle.memory()))
                        .withLimits(LIMITS),
                Collections.unmodifiableMap(details));
    }

    /// CPUs run work-items as scalar code, one after the other, unless OpenCL C says otherwise.
    private static TornadoForm usual(TornadoApi.ApiDevice handle) {
        return isOpenCl(handle) && type(handle) == DeviceDescription.DeviceType.CPU
                ? TornadoForm.PREBUILT
                : TornadoForm.BYTECODE;
    }

    private static boolean isOpenCl(TornadoApi.ApiDevice handle) {
        return handle.backendName().equals("OPENCL");
    }

    private static DeviceDescription.DeviceType type(TornadoApi.ApiDevice handle) {
        String type = handle.type().toUpperCase(Locale.ROOT);
        if (type.contains("CPU")) {
            return DeviceDescription.DeviceType.CPU;
        }
        return type.contains("GPU") ? DeviceDescription.DeviceType.GPU : DeviceDescription.DeviceType.ACCELERATOR;
    }

    /// Bytecode is scheduled as for a GPU on every device: a work-item has no vectors.
    private static HardwareConfig hardware(TornadoApi.ApiDevice handle, TornadoForm form) {
        DeviceDescription.DeviceType type =
                form == TornadoForm.PREBUILT ? type(handle) : DeviceDescription.DeviceType.GPU;
        int lanes = type == DeviceDescription.DeviceType.CPU ? hostLanes() : 1;
        DeviceDescription description = new DeviceDescription(
                DeviceDescription.DeviceRuntime.OPENCL,
                type,
                handle.platform(),
                handle.name(),
                handle.platform(),
                lanes);
        Optional<HardwareConfig> match = HardwareConfigs.bundled().match(description);
        return match.orElseGet(() -> HardwareConfigs.bundled().named("generic-opencl-gpu"));
    }

    /// TornadoVM does not tell how wide a CPU's vectors are, but the JVM runs on the same one.
    private static int hostLanes() {
        return new JvmBackend().devices().getFirst().target().vectorLanes();
    }

    @Override
    public String id() {
        return TornadoBackend.NAME + ":" + handle.backend() + ":" + handle.number();
    }

    @Override
    public String name() {
        return handle.name() + ", kernels " + (form == TornadoForm.BYTECODE ? "as bytecode" : "prebuilt");
    }

    @Override
    public String backend() {
        return TornadoBackend.NAME;
    }

    @Override
    public LoadedProgram load(Program program, Trace trace) {
        return TornadoProgram.load(program, this, trace);
    }
}
