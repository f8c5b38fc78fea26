package dev.sinter.ir.tune;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.plan.KernelForm;
import dev.sinter.ir.plan.Plan;
import dev.sinter.ir.plan.Planner;
import dev.sinter.ir.plan.Policy;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.ScheduleFile;
import dev.sinter.ir.schedule.ScheduleText;
import dev.sinter.ir.schedule.TensorNames;
import dev.sinter.ir.schedule.TunedKernel;
import dev.sinter.ir.schedule.Tuning;
import dev.sinter.ir.type.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Finds the fastest schedules of a network's steps by measuring them on a device.
///
/// Each step that is not the same as one before is measured by itself, as it is in the network: planned with all the
/// network around it, by the way by which a schedule that was kept will be found again. What takes most of the time
/// comes first.
public final class Tuner {
    private final Device device;
    private final Settings settings;
    private final Graph graph;
    private final Policy policy;
    private final Consumer<TunedKernel> keeper;
    private final TuningListener listener;
    private final Map<String, TunedKernel> found = new LinkedHashMap<>();
    private final Tuning known;
    private final Tuning bundled;
    private final long end;

    /// @param time after which nothing more is begun
    /// @param candidates how many schedules of a step to measure at most
    /// @param again true measures what is known, too
    /// @param options how the network is compiled, without its tuning
    public record Settings(Duration time, int candidates, boolean again, CompileOptions options) {
        public Settings {
            if (candidates < 1) {
                throw new IllegalArgumentException("candidates " + candidates + " must be at least 1");
            }
        }
    }

    private Tuner(
            Graph graph,
            Device device,
            Settings settings,
            Tuning known,
            Consumer<TunedKernel> keeper,
            TuningListener listener) {
        this.device = device;
        this.settings = settings;
        this.graph = Planner.prepared(Sinter.optimised(graph, settings.options()), device.target());
        this.policy = Policy.of(device.target());
        this.known = known;
        this.bundled = device.tuning();
        this.keeper = keeper;
        this.listener = listener;
        this.end = System.nanoTime() + settings.time().toNanos();
    }

    /// @param inputs of the network, by name
    /// @param known what was found before, from which it goes on; behind it, what comes with the device
    /// @param keeper gets each schedule that is the fastest so far, at once
    /// @throws CompileException if the device cannot build or run the network
    public static TuningResult tune(
            Graph graph,
            Device device,
            Map<String, Tensor> inputs,
            Settings settings,
            Tuning known,
            Consumer<TunedKernel> keeper,
            TuningListener listener) {
        return new Tuner(graph, device, settings, known, keeper, listener).run(inputs);
    }

    private TuningResult run(Map<String, Tensor> inputs) {
        Plan before = plan(with());
        try (Executable whole = load(before);
                StepRuns runs = new StepRuns(whole, inputs)) {
            List<TuningTask> tasks = runs.tasks(form -> !known.find(form).isEmpty());
            List<TuningTask> open = tasks.stream()
                    .filter(task -> settings.again() || !task.known())
                    .toList();
            listener.planned(open);
            List<TuningOutcome> outcomes = new ArrayList<>();
            for (TuningTask task : open) {
                if (isOver()) {
                    break;
                }
                outcomes.add(new TaskRun(task, runs).run(before, outcomes.size() + 1));
                listener.finished(outcomes.getLast());
            }
            boolean faster = outcomes.stream().anyMatch(TuningOutcome::isFaster);
            return new TuningResult(
                    open.size(), outcomes, faster ? Optional.of(compared(runs, inputs)) : Optional.empty());
        }
    }

    private boolean isOver() {
        return System.nanoTime() - end > 0;
    }

    private Plan plan(Tuning tuning) {
        Plan plan =
                Planner.plan(graph, device.target(), policy, settings.options().fuse(), ScheduleFile.NONE, tuning);
        return device.hasChannels() ? plan : plan.withoutChannels();
    }

    private Executable load(Plan plan) {
        return Sinter.load(
                Program.of(plan, graph, false), device, settings.options().trace());
    }

    /// What was found, with `other` before it.
    private Tuning with(TunedKernel... other) {
        List<TunedKernel> all = new ArrayList<>(List.of(other));
        all.addAll(found.values());
        return Tuning.of(all).then(known).then(bundled);
    }

    /// The whole network, with what was known and with what was found.
    private Contest.Round compared(StepRuns before, Map<String, Tensor> inputs) {
        try (Executable tuned = load(plan(with()));
                StepRuns after = new StepRuns(tuned, inputs)) {
            return Contest.between(before::seconds, after::seconds);
        }
    }

    /// The measuring of one step.
    private final class TaskRun {
        private final TuningTask task;
        private final StepRuns runs;
        private int measured;

        /// Of the fastest so far: the best of its medians, since what slows the machine comes and goes.
        private double seconds = Double.POSITIVE_INFINITY;

        /// Its time by that of the schedule that was there before, from contest to contest: times of one contest are
        /// not those of another.
        private double ratio = 1;

        private TaskRun(TuningTask task, StepRuns runs) {
            this.task = task;
            this.runs = runs;
        }

        private TuningOutcome run(Plan before, int number) {
            StepRuns.Place place = runs.place(task);
            String own = text(task.step());
            List<String> others = CandidateSchedules.best(
                            Planner.ranking(
                                    graph, device.target(), settings.options().fuse(), place.name()),
                            settings.candidates())
                    .stream()
                    .filter(text -> !text.equals(own))
                    .toList();
            listener.started(task, number, others.size());
            Contender incumbent = contender(before, place);
            String fastest = own;
            try {
                for (String text : others) {
                    if (isOver()) {
                        break;
                    }
                    Optional<Contender> winner = challenge(incumbent, text, place);
                    if (winner.isPresent()) {
                        incumbent.close();
                        incumbent = winner.get();
                        fastest = text;
                    }
                }
            } finally {
                incumbent.close();
            }
            seconds = Double.isFinite(seconds) ? seconds : task.seconds();
            boolean complete = measured == others.size();
            if (complete && fastest.equals(own)) {
                keep(own);
            }
            return new TuningOutcome(task, measured, seconds / ratio, seconds, complete);
        }

        private Contender contender(Plan plan, StepRuns.Place place) {
            return Contender.of(
                    plan,
                    plan.steps().get(place.position()),
                    place.reference(),
                    device,
                    place.inputs(),
                    place.others(),
                    settings.options().trace());
        }

        /// @return the schedule on the device, if it is the fastest now
        private Optional<Contender> challenge(Contender incumbent, String text, StepRuns.Place place) {
            measured++;
            Contender challenger;
            try {
                Plan plan = plan(with(TunedKernel.of(task.form(), "", text)));
                if (plan.steps().get(place.position()).tunedAt().isEmpty()) {
                    return refused("it does not go together with the network around it");
                }
                challenger = contender(plan, place);
            } catch (CompileException fault) {
                return refused(fault.where() + ": " + fault.fact());
            }
            boolean kept = false;
            try {
                Contest.Round round = Contest.of(incumbent::seconds, challenger::seconds, () -> {
                    incumbent.warm();
                    challenger.warm();
                });
                if (!round.isWon()) {
                    seconds = Math.min(seconds, round.incumbent());
                    listener.measured(task, measured, new TuningListener.Verdict.NotFaster(round.challenger()));
                    return Optional.empty();
                }
                Optional<String> fault = challenger.fault();
                if (fault.isPresent()) {
                    return refused(fault.get());
                }
                ratio *= round.challenger() / round.incumbent();
                seconds = round.challenger();
                kept = true;
                keep(text);
                listener.measured(task, measured, new TuningListener.Verdict.Faster(seconds));
                return Optional.of(challenger);
            } finally {
                if (!kept) {
                    challenger.close();
                }
            }
        }

        private Optional<Contender> refused(String reason) {
            listener.measured(task, measured, new TuningListener.Verdict.Refused(reason));
            return Optional.empty();
        }

        private void keep(String text) {
            TunedKernel kernel = TunedKernel.of(task.form(), remark(), text);
            found.put(task.form(), kernel);
            keeper.accept(kernel);
        }

        private String remark() {
            String what = KernelForm.words(task.step().group());
            String where = task.name() + " of " + graph.name();
            String times = ratio < 1
                    ? String.format(Locale.ROOT, "%.4g us, was %.4g us", seconds * 1e6, seconds / ratio * 1e6)
                    : String.format(Locale.ROOT, "%.4g us, the compiler's choice", seconds * 1e6);
            return what + ": " + times + ", as " + where;
        }

        private static String text(Step step) {
            return ScheduleText.print(step.group(), step.schedule(), TensorNames.numbered(step.group()));
        }
    }
}
