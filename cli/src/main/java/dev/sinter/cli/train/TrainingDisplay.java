package dev.sinter.cli.train;

import dev.sinter.cli.terminal.ProgressDisplay;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.training.EpochReport;
import dev.sinter.training.TrainingListener;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Shows a training while it runs: a bar with loss and accuracy, and a line per epoch.
public final class TrainingDisplay implements TrainingListener, AutoCloseable {
    private static final double SMOOTHING = 0.05;

    private final Terminal terminal;
    private final boolean quiet;
    private final int epochs;
    private @Nullable ProgressDisplay progress;
    private double loss = Double.NaN;
    private double accuracy;

    public TrainingDisplay(Terminal terminal, boolean quiet, int epochs) {
        this.terminal = terminal;
        this.quiet = quiet;
        this.epochs = epochs;
    }

    @Override
    public void step(long step, long steps, double stepLoss, double stepAccuracy) {
        boolean first = Double.isNaN(loss);
        loss = first ? stepLoss : loss + SMOOTHING * (stepLoss - loss);
        accuracy = first ? stepAccuracy : accuracy + SMOOTHING * (stepAccuracy - accuracy);
        if (progress == null) {
            progress = ProgressDisplay.of(terminal, quiet, "training", steps);
            progress.advance(step - 1);
        }
        progress.advance(1);
        progress.say(String.format(Locale.ROOT, "loss %.4f, %.1f %% correct", loss, 100 * accuracy));
    }

    @Override
    public void epoch(EpochReport report) {
        if (quiet) {
            return;
        }
        // Over what the bar shows, which is drawn again below.
        terminal.overBar();
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "epoch %d of %d: loss %.4f, %.2f %% correct%s, %.2f s%n",
                        report.epoch(),
                        epochs,
                        report.loss(),
                        100 * report.accuracy(),
                        Double.isNaN(report.validationAccuracy())
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        "; test: loss %.4f, %.2f %% correct",
                                        report.validationLoss(),
                                        100 * report.validationAccuracy()),
                        report.seconds());
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }
}
