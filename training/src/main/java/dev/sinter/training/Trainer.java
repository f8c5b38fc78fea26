package dev.sinter.training;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Tensor;
import dev.sinter.training.data.Batches;
import dev.sinter.training.data.Dataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/// Trains a network on a device.
///
/// ```
/// Trained trained = Trainer.of(batch -> Zoo.graph("lenet5", batch, 1), device, Settings.standard(10, 1))
///         .validatedOn(test)
///         .train(data);
/// Graph network = trained.applyTo(Zoo.graph("lenet5", 1, 1));
/// ```
///
/// The same seed on the same device gives the same bits, also where training was stopped and goes on from a checkpoint.
public final class Trainer {
    private final LongFunction<Graph> network;
    private final Device device;
    private final Settings settings;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private Optional<Dataset> validation = Optional.empty();
    private Optional<Path> checkpoint = Optional.empty();
    private boolean resumes;

    private Trainer(LongFunction<Graph> network, Device device, Settings settings) {
        this.network = network;
        this.device = device;
        this.settings = settings;
    }

    /// @param network the same network for any batch: its constants are what training starts from, and their names say
    ///     which are the same
    public static Trainer of(LongFunction<Graph> network, Device device, Settings settings) {
        return new Trainer(network, device, settings);
    }

    /// Data that the network is tried on after each epoch, and that says which epoch was the best.
    public Trainer validatedOn(Dataset data) {
        validation = Optional.of(data);
        return this;
    }

    /// A file that is replaced after each epoch, so that training can go on from there.
    ///
    /// @param resume goes on from the file if it is there
    public Trainer savedTo(Path file, boolean resume) {
        checkpoint = Optional.of(file);
        resumes = resume;
        return this;
    }

    /// One more that hears how training goes on.
    public Trainer heardBy(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /// @throws CompileException if the data does not fit the network, the network cannot be trained, the loss is no
    ///     longer a number, or a checkpoint cannot be read or written
    public Trained train(Dataset data) {
        Graph batched = network.apply(settings.batch());
        Fit.require(data, batched, settings.batch());
        validation.ifPresent(other -> Fit.require(other, batched, 1));
        TrainingGraph training = TrainingGraph.of(batched, settings.loss(), settings.optimiser());
        Optional<CheckpointFile> file =
                checkpoint.map(path -> new CheckpointFile(path, Fingerprint.of(training, data, settings)));
        Optional<Checkpoint> earlier =
                resumes ? file.flatMap(saved -> saved.read(settings.epochs())) : Optional.empty();
        try (TrainingSession session = TrainingSession.on(device, training);
                Evaluation evaluation = Evaluation.on(device, batched, settings.batch())) {
            Run run = new Run(data, training, session, evaluation, file);
            run.start(earlier, batched);
            return run.toTheEnd();
        }
    }

    /// One call of [#train].
    private final class Run {
        private final Dataset data;
        private final TrainingGraph training;
        private final TrainingSession session;
        private final Evaluation evaluation;
        private final Optional<CheckpointFile> file;
        private final Batches batches;
        private final Masks masks;
        private final long steps;
        private Progress progress = Progress.NONE;
        private Map<String, Tensor> best = Map.of();

        Run(
                Dataset data,
                TrainingGraph training,
                TrainingSession session,
                Evaluation evaluation,
                Optional<CheckpointFile> file) {
            this.data = data;
            this.training = training;
            this.session = session;
            this.evaluation = evaluation;
            this.file = file;
            this.batches = Batches.shuffled(data, settings.batch(), settings.seed(), settings.augmentation());
            this.masks = new Masks(training.masks(), settings.seed());
            this.steps = Math.multiplyExact((long) settings.epochs(), batches.perEpoch());
        }

        void start(Optional<Checkpoint> earlier, Graph batched) {
            session.set(earlier.map(Checkpoint::state).orElseGet(() -> initial(batched)));
            if (earlier.isPresent()) {
                progress = earlier.get().progress();
                best = earlier.get().best();
                listeners.forEach(listener -> listener.resumed(progress.epochs()));
            }
        }

        private Map<String, Tensor> initial(Graph batched) {
            Map<String, Tensor> state = new LinkedHashMap<>();
            training.carried()
                    .forEach(carried -> state.put(
                            carried.name(), Tensor.allocate(carried.input().type())));
            batched.constants()
                    .forEach((constant, tensor) -> state.computeIfPresent(constant.name(), (_, _) -> tensor));
            return state;
        }

        Trained toTheEnd() {
            while (progress.epochs().size() < settings.epochs() && !isPatienceOver()) {
                EpochReport report = epoch(progress.epochs().size());
                Map<String, Tensor> state = session.state();
                boolean better = progress.epochs().stream().allMatch(other -> report.score() > other.score());
                if (better) {
                    best = parameters(state);
                }
                progress = progress.after(report, report.step());
                file.ifPresent(one -> one.write(progress, state, best));
                listeners.forEach(listener -> listener.epoch(report));
            }
            return new Trained(best, progress.epochs());
        }

        private boolean isPatienceOver() {
            List<EpochReport> epochs = progress.epochs();
            int bestEpoch = 0;
            for (int epoch = 1; epoch < epochs.size(); epoch++) {
                bestEpoch = epochs.get(epoch).score() > epochs.get(bestEpoch).score() ? epoch : bestEpoch;
            }
            return settings.patience() > 0 && epochs.size() - bestEpoch > settings.patience();
        }

        private EpochReport epoch(int epoch) {
            Tensor images = Tensor.allocate(training.images().type());
            Tensor targets = Tensor.allocate(training.targets().type());
            long start = System.nanoTime();
            double loss = 0;
            long correct = 0;
            double rate = 0;
            for (int place = 0; place < batches.perEpoch(); place++) {
                long step = (long) epoch * batches.perEpoch() + place;
                batches.fill(epoch, place, images, targets);
                int[] labels = IntStream.of(batches.indices(epoch, place))
                        .map(data::label)
                        .toArray();
                rate = settings.rate().at(step, steps, batches.perEpoch());
                double[] scalars = settings.optimiser().scalars(rate, step + 1);
                List<Tensor> stepMasks = masks.at(step);
                TrainingSession.Outcome outcome = session.step(images, targets, scalars, stepMasks);
                if (!Double.isFinite(outcome.loss())) {
                    throw Divergence.of(training, device, session.state(), images, targets, stepMasks, step + 1, rate);
                }
                int right = correct(outcome.output(), labels);
                correct += right;
                loss += outcome.loss();
                double accuracy = (double) right / labels.length;
                listeners.forEach(listener -> listener.step(step + 1, steps, outcome.loss(), accuracy));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Optional<Scores> scores = validation.map(other -> evaluation.of(other, session.state()));
            return new EpochReport(
                    epoch + 1,
                    (epoch + 1L) * batches.perEpoch(),
                    rate,
                    loss / batches.perEpoch(),
                    (double) correct / ((long) batches.perEpoch() * settings.batch()),
                    scores.map(Scores::loss).orElse(Double.NaN),
                    scores.map(Scores::accuracy).orElse(Double.NaN),
                    seconds);
        }

        private static int correct(Tensor output, int[] labels) {
            int right = 0;
            for (int i = 0; i < labels.length; i++) {
                right += Scores.best(output, i) == labels[i] ? 1 : 0;
            }
            return right;
        }

        private Map<String, Tensor> parameters(Map<String, Tensor> state) {
            Map<String, Tensor> parameters = new LinkedHashMap<>();
            training.parameters().forEach(parameter -> parameters.put(parameter.name(), state.get(parameter.name())));
            training.statistics().forEach(carried -> parameters.put(carried.name(), state.get(carried.name())));
            return parameters;
        }
    }
}
