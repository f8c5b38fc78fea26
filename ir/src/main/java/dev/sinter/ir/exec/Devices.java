package dev.sinter.ir.exec;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.NearestNames;
import dev.sinter.ir.schedule.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The devices of all backends. No backend is asked before somebody wants its devices.
public record Devices(List<Backend> backends) {
    public static final String AUTO = "auto";

    private static final String IN_PROCESS = "jvm";

    /// A device and the reason for it.
    public record Choice(Device device, String why) {}

    public Devices {
        backends = List.copyOf(backends);
    }

    /// Those on the class path, sorted by name.
    public static Devices installed() {
        return new Devices(ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Backend::name))
                .toList());
    }

    private Stream<Device> all() {
        return backends.stream().flatMap(backend -> backend.devices().stream());
    }

    /// @param wanted `auto`, a device's id, a backend's name, or part of a device's name
    /// @throws CompileException if there is no such device, or more than one; it lists those there are
    public Choice choose(String wanted) {
        if (wanted.equals(AUTO)) {
            return chooseBest();
        }
        Optional<Backend> backend = backends.stream()
                .filter(one -> wanted.equals(one.name()) || wanted.startsWith(one.name() + ":"))
                .findFirst();
        if (backend.isPresent()) {
            return chooseOf(backend.get(), wanted);
        }
        String lower = wanted.toLowerCase(Locale.ROOT);
        List<Device> named = all().filter(
                        device -> device.name().toLowerCase(Locale.ROOT).contains(lower))
                .toList();
        if (named.size() == 1) {
            return new Choice(named.getFirst(), "its name contains '" + wanted + "'");
        }
        if (named.isEmpty()) {
            throw unknown(wanted, "there is no such device");
        }
        throw unknown(wanted, named.size() + " devices have that in their names");
    }

    private Choice chooseOf(Backend backend, String wanted) {
        List<Device> devices = backend.devices();
        if (devices.isEmpty()) {
            String fact = "backend " + backend.name() + " has no devices: " + backend.whyUnavailable();
            throw unknown(wanted, fact, reasons(other -> other != backend));
        }
        if (wanted.equals(backend.name())) {
            Device first = gpuFirst(devices);
            String why = devices.size() == 1 ? "the only device of backend " : "the best device of backend ";
            return new Choice(first, why + backend.name() + ", which was asked for");
        }
        return devices.stream()
                .filter(device -> device.id().equals(wanted))
                .findFirst()
                .map(device -> new Choice(device, "it was asked for"))
                .orElseThrow(() -> unknown(wanted, "there is no such device"));
    }

    private Choice chooseBest() {
        List<Device> others = backends.stream()
                .filter(backend -> !backend.name().equals(IN_PROCESS))
                .flatMap(backend -> backend.devices().stream())
                .filter(device -> device.target().kind() != Target.Kind.FPGA)
                .toList();
        if (!others.isEmpty()) {
            Device best = gpuFirst(others);
            boolean gpu = best.target().kind() == Target.Kind.GPU;
            return new Choice(best, gpu ? "the first GPU" : "there is no GPU, and this is the first other device");
        }
        return all().filter(device -> device.backend().equals(IN_PROCESS))
                .findFirst()
                .map(device -> new Choice(device, "there is no other device: " + reasons()))
                .orElseThrow(() -> unknown(AUTO, "no backend has a device"));
    }

    private static Device gpuFirst(List<Device> devices) {
        return devices.stream()
                .filter(device -> device.target().kind() == Target.Kind.GPU)
                .findFirst()
                .orElseGet(devices::getFirst);
    }

    private String reasons() {
        return reasons(_ -> true);
    }

    private String reasons(Predicate<Backend> wanted) {
        return backends.stream()
                .filter(backend -> wanted.test(backend) && backend.devices().isEmpty())
                .map(backend -> backend.name() + ": " + backend.whyUnavailable())
                .collect(Collectors.joining("; "));
    }

    private CompileException unknown(String wanted, String fact) {
        return unknown(wanted, fact, reasons());
    }

    /// @param missing why other backends have no devices
    private CompileException unknown(String wanted, String fact, String missing) {
        List<Device> known = all().toList();
        String near = NearestNames.hint(wanted, known.stream().map(Device::id).toList())
                .map(hint -> hint + " ")
                .orElse("");
        String list = known.stream()
                .map(device -> device.id() + " (" + device.name() + ")")
                .collect(Collectors.joining(", "));
        return new CompileException(
                Code.DEVICE_UNKNOWN,
                "device " + wanted,
                fact,
                near
                        + (list.isEmpty() ? "there are no devices" : "the devices are " + list)
                        + (missing.isEmpty() ? "" : "; " + missing));
    }
}
