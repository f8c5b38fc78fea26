package dev.sinter.ir.schedule;

import dev.sinter.ir.file.BuildVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Schedules that were measured on a device, for its compiler to take in place of what it thinks is the fastest. They
/// are hints: one that does not fit is passed over, and said so.
public final class Tuning {
    public static final Tuning NONE = new Tuning(List.of());

    private final List<TunedKernel> kernels;
    private final Map<String, List<TunedKernel>> byForm = new LinkedHashMap<>();

    private Tuning(List<TunedKernel> kernels) {
        this.kernels = List.copyOf(kernels);
        kernels.forEach(kernel ->
                byForm.computeIfAbsent(kernel.form(), _ -> new ArrayList<>()).add(kernel));
    }

    /// @param kernels those that go before others of the same form first
    public static Tuning of(List<TunedKernel> kernels) {
        return kernels.isEmpty() ? NONE : new Tuning(kernels);
    }

    /// What of a file is for a device.
    ///
    /// @param ignored why tables are not, with their places
    public record Chosen(Tuning tuning, List<String> ignored) {
        public Chosen {
            ignored = List.copyOf(ignored);
        }
    }

    /// What of a file is for a device, and was measured by this version of Sinter: others may have other kernels.
    public static Chosen of(TuningFile file, TunedDevice device) {
        return of(file, device, BuildVersion.text());
    }

    static Chosen of(TuningFile file, TunedDevice device, String version) {
        List<TunedKernel> kernels = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (TuningTable table : file.tables()) {
            table.device()
                    .objection(device)
                    .or(() -> table.sinter()
                            .filter(other -> !other.equals(version))
                            .map(other -> "it was measured by Sinter " + other + ", and this is " + version))
                    .ifPresentOrElse(
                            reason -> ignored.add(file.name() + " has a table for "
                                    + table.device().target() + " that is ignored: " + reason),
                            () -> kernels.addAll(table.kernels()));
        }
        return new Chosen(of(kernels), ignored);
    }

    /// This, and where it has nothing, others.
    public Tuning then(Tuning others) {
        List<TunedKernel> all = new ArrayList<>(kernels);
        all.addAll(others.kernels);
        return of(all);
    }

    public boolean isEmpty() {
        return kernels.isEmpty();
    }

    /// What there is for a form, what is to be tried first first.
    public List<TunedKernel> find(String form) {
        return byForm.getOrDefault(form, List.of());
    }
}
