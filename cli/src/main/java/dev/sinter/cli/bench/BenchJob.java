package dev.sinter.cli.bench;

import dev.sinter.cli.terminal.ProgressDisplay;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.tune.TuningRemarks;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Networks on devices, in turn.
///
/// @param graphs by what the user called them, in order
/// @param devices in order, each with what it compiles with
/// @param check whether results are held against the oracle first
/// @param layers whether kernels are told apart
public record BenchJob(
        Map<String, Graph> graphs,
        Map<Device, CompileOptions> devices,
        Turns turns,
        boolean check,
        boolean layers,
        long seed) {
    private static final int PROFILED_RUNS = 7;

    /// Before and after the networks, so that a machine that becomes slower is seen in both.
    private static final int CEILING_ROUNDS = 7;

    public BenchJob {
        graphs = new LinkedHashMap<>(graphs);
        devices = new LinkedHashMap<>(devices);
    }

    /// @throws dev.sinter.ir.diag.CompileException if a network does not fit a device, or a device fails
    public BenchReport run(Terminal terminal, boolean quiet) {
        List<Ceilings> ceilings = new ArrayList<>();
        try {
            devices.keySet()
                    .forEach(device -> ceilings.add(terminal.during(
                            "preparing the loops that measure " + device.id(), () -> Ceilings.prepare(device))));
            Turns few = Turns.of(CEILING_ROUNDS, turns.pauseMillis());
            List<Turns.Run> loops = ceilings.stream()
                    .flatMap(ceiling -> ceiling.runs().stream())
                    .toList();
            List<Samples> before = terminal.during("measuring peak and bandwidth", () -> few.measure(loops));
            List<Measured> measured = new ArrayList<>();
            graphs.forEach((name, graph) -> measured.add(measure(terminal, quiet, name, graph)));
            List<Samples> after = terminal.during("measuring peak and bandwidth", () -> few.measure(loops));
            return new ReportWriter(this, Instant.now().truncatedTo(ChronoUnit.SECONDS))
                    .write(ceilings, joined(before, after), measured);
        } finally {
            ceilings.forEach(Ceilings::close);
        }
    }

    private static List<Samples> joined(List<Samples> first, List<Samples> second) {
        List<Samples> all = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            List<Double> seconds = new ArrayList<>(first.get(i).seconds());
            seconds.addAll(second.get(i).seconds());
            all.add(new Samples(seconds));
        }
        return all;
    }

    /// One network on all devices.
    record Measured(String model, Graph graph, double flops, List<OnDevice> results) {}

    /// @param wrong what is wrong with its results, if anything; it is not timed then
    /// @param profile seconds of each kernel; null if nobody asked
    record OnDevice(
            Device device,
            double compileSeconds,
            Optional<String> wrong,
            Optional<Samples> samples,
            List<KernelWork> work,
            List<String> onHost,
            @Nullable Map<String, List<Double>> profile) {}

    private Measured measure(Terminal terminal, boolean quiet, String name, Graph graph) {
        List<Contender> contenders = new ArrayList<>();
        try {
            for (Map.Entry<Device, CompileOptions> entry : devices.entrySet()) {
                Device device = entry.getKey();
                CompileOptions options = entry.getValue();
                Contender contender = terminal.during(
                        "compiling " + name + " for " + device.id(),
                        options.trace(),
                        told -> Contender.compile(graph, device, options.withTrace(told), seed));
                contenders.add(contender);
                new TuningRemarks(terminal, quiet)
                        .tell(contender.executable().program().plan());
            }
            List<Optional<String>> faults = contenders.stream()
                    .map(contender -> check
                            ? terminal.during(
                                    "checking " + name + " on "
                                            + contender.device().id(),
                                    () -> contender.findFault(
                                            Expect.present(devices.get(contender.device()), contender)))
                            : Optional.<String>empty())
                    .toList();
            List<Contender> sound = new ArrayList<>();
            for (int i = 0; i < contenders.size(); i++) {
                if (faults.get(i).isEmpty()) {
                    sound.add(contenders.get(i));
                }
            }
            Iterator<Samples> samples =
                    samples(terminal, quiet, "timing " + name, sound).iterator();
            List<OnDevice> results = new ArrayList<>();
            for (int i = 0; i < contenders.size(); i++) {
                Optional<String> fault = faults.get(i);
                results.add(result(
                        terminal,
                        contenders.get(i),
                        fault,
                        fault.isEmpty() ? Optional.of(samples.next()) : Optional.empty()));
            }
            return new Measured(
                    name,
                    graph,
                    KernelWork.flops(contenders.getFirst().executable().program()),
                    results);
        } finally {
            contenders.forEach(Contender::close);
        }
    }

    private List<Samples> samples(Terminal terminal, boolean quiet, String task, List<Contender> sound) {
        if (sound.isEmpty()) {
            return List.of();
        }
        if (turns.isTimed()) {
            return terminal.during(task, () -> turns.measure(sound));
        }
        long steps = (long) turns.rounds() * sound.size();
        try (ProgressDisplay progress = ProgressDisplay.of(terminal, quiet, task, steps)) {
            return turns.measure(sound, () -> progress.advance(1));
        }
    }

    private OnDevice result(Terminal terminal, Contender contender, Optional<String> wrong, Optional<Samples> samples) {
        boolean profiles = layers && samples.isPresent();
        return new OnDevice(
                contender.device(),
                contender.compileSeconds(),
                wrong,
                samples,
                KernelWork.of(contender.executable()),
                contender.executable().program().onHost().stream()
                        .map(Node::label)
                        .toList(),
                profiles
                        ? terminal.during(
                                "timing kernels on " + contender.device().id(),
                                () -> contender.profile(PROFILED_RUNS, turns.pauseMillis()))
                        : null);
    }

    /// One of those that devices compile with; they differ in what was measured only.
    CompileOptions options() {
        return devices.values().iterator().next();
    }
}
