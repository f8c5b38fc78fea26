package dev.sinter.backend.tornado;

import dev.sinter.ir.exec.Backend;
import dev.sinter.ir.exec.Device;
import java.io.File;
import java.util.List;

/// All devices of all of TornadoVM's backends, in a process that was started with TornadoVM.
public final class TornadoBackend implements Backend {
    static final String NAME = "tornado";

    /// The options of Java that TornadoVM is started with.
    private static final String ARGUMENTS = "tornado-argfile";

    private static final class Lazy {
        private static final Found FOUND = find();
    }

    /// @param obstacle why there are no devices; empty if there are some
    private record Found(List<Device> devices, String obstacle) {}

    private static Found find() {
        return TornadoApi.find().map(TornadoBackend::devices).orElseGet(() -> new Found(List.of(), notStarted()));
    }

    private static String notStarted() {
        String home = System.getenv("TORNADOVM_HOME");
        String step;
        if (home == null || home.isEmpty()) {
            step = "install TornadoVM and set TORNADOVM_HOME";
        } else if (!new File(home, ARGUMENTS).canRead()) {
            step = "TORNADOVM_HOME is " + home + ", where there is no " + ARGUMENTS + " to read";
        } else {
            step = "start Java with @$TORNADOVM_HOME/" + ARGUMENTS + ", as ./sinter --device tornado does";
        }
        return "TornadoVM is not in this process: " + step;
    }

    private static Found devices(TornadoApi api) {
        try {
            List<Device> devices = api.devices().stream()
                    .<Device>map(device -> TornadoDevice.of(api, device))
                    .toList();
            return new Found(devices, devices.isEmpty() ? "TornadoVM found no device" : "");
        } catch (TornadoApi.Refused refused) {
            return new Found(List.of(), "TornadoVM found no device: " + refused.getMessage());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Device> devices() {
        return Lazy.FOUND.devices();
    }

    @Override
    public String whyUnavailable() {
        return Lazy.FOUND.obstacle();
    }
}
