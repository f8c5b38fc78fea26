package dev.sinter.cli.device;

import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.exec.Backend;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Devices;
import dev.sinter.ir.schedule.Target;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What `devices` prints.
public record DeviceReport(List<DeviceEntry> devices, List<MissingBackend> withoutDevices) {
    /// One device.
    ///
    /// @param target the device model that schedules go by
    /// @param details what the driver reports and which hardware file was taken
    public record DeviceEntry(
            String id, String name, String backend, TargetEntry target, Map<String, String> details) {}

    /// The figures of a target, in base units.
    public record TargetEntry(
            String name,
            String kind,
            int computeUnits,
            double clock,
            double peakFlops,
            int vectorLanes,
            int subgroup,
            long memoryBytes,
            double memoryBandwidth,
            long localBytes,
            long cacheBytes) {
        static TargetEntry of(Target target) {
            return new TargetEntry(
                    target.name(),
                    target.kind().name().toLowerCase(Locale.ROOT),
                    target.computeUnits(),
                    target.clock(),
                    target.peakFlops(),
                    target.vectorLanes(),
                    target.subgroup(),
                    target.memoryBytes(),
                    target.memoryBandwidth(),
                    target.localBytes(),
                    target.cacheBytes());
        }
    }

    /// A backend that has no devices, and why.
    public record MissingBackend(String backend, String reason) {}

    public static DeviceReport of(Devices installed) {
        List<DeviceEntry> entries = new ArrayList<>();
        List<MissingBackend> missing = new ArrayList<>();
        for (Backend backend : installed.backends()) {
            List<Device> devices = backend.devices();
            devices.forEach(device -> entries.add(entry(device)));
            if (devices.isEmpty()) {
                missing.add(new MissingBackend(backend.name(), backend.whyUnavailable()));
            }
        }
        return new DeviceReport(entries, missing);
    }

    private static DeviceEntry entry(Device device) {
        return new DeviceEntry(
                device.id(),
                device.name(),
                device.backend(),
                TargetEntry.of(device.target()),
                new LinkedHashMap<>(device.details()));
    }

    /// @param onlyDevices leaves out why other backends have none
    public void print(Terminal terminal, boolean onlyDevices) {
        PrintWriter out = terminal.out();
        for (DeviceEntry device : devices) {
            out.println(terminal.bold(device.id()) + "  " + device.name());
            Map<String, String> lines = new LinkedHashMap<>(device.details());
            lines.put("taken to be", takenToBe(device.target()));
            int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
            lines.forEach((key, value) -> out.println("  " + key + " ".repeat(width - key.length()) + "  " + value));
            out.println();
        }
        if (devices.isEmpty()) {
            out.println("There are no devices.");
        }
        if (!onlyDevices) {
            withoutDevices.forEach(
                    backend -> out.println(terminal.bold(backend.backend()) + "  has no devices: " + backend.reason()));
        }
    }

    private static String takenToBe(TargetEntry target) {
        return target.name() + ": " + Quantity.of(target.computeUnits(), "compute unit") + " at "
                + Quantity.threeDigits(target.clock() / 1e9) + " GHz, peak "
                + Quantity.count(Math.round(target.peakFlops())) + "FLOP/s, " + Quantity.bytes(target.memoryBytes())
                + " at " + Quantity.threeDigits(target.memoryBandwidth() / 1e9) + " GB/s";
    }
}
