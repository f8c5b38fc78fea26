package dev.sinter.cli.option;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.training.Initialiser;
import dev.sinter.training.LearningRate;
import dev.sinter.training.Loss;
import dev.sinter.training.Optimiser;
import dev.sinter.training.Settings;
import dev.sinter.training.data.Augmentation;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How to train.
public final class TrainingOptions {
    private static final Pattern STEP = Pattern.compile("step:(\\d{1,9}):([0-9.eE+-]{1,20})");

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "10",
            description = "Passes over the data. Default: 10.")
    private int epochs;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "64", description = "Images per step. Default: 64.")
    private int batch;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Of weights, order and dropout: the same seed on the same device gives the same bits."
                    + " Default: 1.")
    private long seed;

    /// As users write them.
    enum Method {
        ADAM,
        ADAMW,
        SGD,
        MOMENTUM,
        NESTEROV
    }

    @Option(
            names = "--optimiser",
            paramLabel = "NAME",
            defaultValue = "adam",
            description = "adam, adamw, sgd, momentum or nesterov. Default: adam.")
    private String optimiser = "adam";

    @Option(
            names = {"--rate", "--learning-rate"},
            paramLabel = "R",
            description = "The learning rate at the start. Default: 0.001 for adam and adamw, else 0.05.")
    private @Nullable Double rate;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            defaultValue = "cosine",
            description = "What becomes of the rate: constant, cosine (down to 0 at the end), or step:EPOCHS:FACTOR,"
                    + " such as step:3:0.1. Default: cosine.")
    private String schedule = "cosine";

    @Option(
            names = "--momentum",
            paramLabel = "M",
            defaultValue = "0.9",
            description = "For momentum and nesterov. Default: 0.9.")
    private double momentum;

    @Option(
            names = "--weight-decay",
            paramLabel = "D",
            defaultValue = "0",
            description = "Pulls weights towards zero. Default: 0.")
    private double weightDecay;

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            defaultValue = "cross-entropy",
            description = "cross-entropy or mse, the mean squared error. Default: cross-entropy.")
    private String loss = "cross-entropy";

    @Option(
            names = "--initialise",
            paramLabel = "NAME",
            defaultValue = "he",
            description = "Weights to start from: he, glorot, or keep, those of the model. Default: he.")
    private String initialise = "he";

    @Option(
            names = "--augment",
            description = "Shift, turn and scale images a little at random, in each epoch in another way.")
    private boolean augment;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "0",
            description = "Stop after N epochs without a better one. Default: 0, never.")
    private int patience;

    public long seed() {
        return seed;
    }

    /// @throws CompileException if an option makes no sense
    public Settings settings() {
        return valid(() -> new Settings(
                chosenLoss(),
                chosenOptimiser(),
                chosenRate(),
                epochs,
                batch,
                seed,
                augment ? Optional.of(Augmentation.LIGHT) : Optional.empty(),
                patience));
    }

    /// What makes the weights to start from; empty if the model's are kept.
    public Optional<Initialiser> initialiser() {
        return switch (initialise) {
            case "he" -> Optional.of(Initialiser.HE);
            case "glorot" -> Optional.of(Initialiser.GLOROT);
            case "keep" -> Optional.empty();
            default -> throw unknown("--initialise", initialise, "he, glorot or keep");
        };
    }

    private Loss chosenLoss() {
        return switch (loss) {
            case "cross-entropy" -> Loss.CROSS_ENTROPY;
            case "mse" -> Loss.MEAN_SQUARED_ERROR;
            default -> throw unknown("--loss", loss, "cross-entropy or mse");
        };
    }

    private Method method() {
        try {
            return Method.valueOf(optimiser.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw unknown("--optimiser", optimiser, "adam, adamw, sgd, momentum or nesterov");
        }
    }

    private Optimiser chosenOptimiser() {
        Optimiser.Adam adam = Optimiser.Adam.standard();
        return switch (method()) {
            case ADAM -> new Optimiser.Adam(adam.beta1(), adam.beta2(), adam.epsilon(), weightDecay, false);
            case ADAMW -> new Optimiser.Adam(adam.beta1(), adam.beta2(), adam.epsilon(), weightDecay, true);
            case SGD -> new Optimiser.Sgd(0, false, weightDecay);
            case MOMENTUM -> new Optimiser.Sgd(momentum, false, weightDecay);
            case NESTEROV -> new Optimiser.Sgd(momentum, true, weightDecay);
        };
    }

    private LearningRate chosenRate() {
        double start = rate != null
                ? rate
                : switch (method()) {
                    case ADAM, ADAMW -> 0.001;
                    case SGD, MOMENTUM, NESTEROV -> 0.05;
                };
        Matcher step = STEP.matcher(schedule);
        return switch (schedule) {
            case "constant" -> new LearningRate.Constant(start);
            case "cosine" -> new LearningRate.Cosine(start);
            case String _
            when step.matches() ->
                new LearningRate.Step(start, Long.parseLong(step.group(1)), Double.parseDouble(step.group(2)));
            default -> throw unknown("--schedule", schedule, "constant, cosine or step:EPOCHS:FACTOR");
        };
    }

    private static CompileException unknown(String option, String found, String expected) {
        return new CompileException(Code.OPTION, option, "found '" + found + "' but expected " + expected, null);
    }

    private static <T> T valid(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException refused) {
            throw new CompileException(
                    Code.OPTION, "train", String.valueOf(refused.getMessage()), "see 'sinter train --help'", refused);
        }
    }
}
