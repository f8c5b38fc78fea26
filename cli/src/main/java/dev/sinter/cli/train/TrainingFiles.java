package dev.sinter.cli.train;

import dev.sinter.ir.file.OutputFile;
import dev.sinter.training.EpochReport;
import dev.sinter.training.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The log and the curve of a training. They are replaced after each epoch, so that they can be looked at meanwhile,
/// and hold what there was where training does not come to its end.
public final class TrainingFiles implements TrainingListener {
    private final Optional<OutputFile> log;
    private final Optional<OutputFile> curve;
    private final String title;
    private final LossCurve losses = new LossCurve();
    private final List<EpochReport> epochs = new ArrayList<>();

    /// @param title stands above the curve
    public TrainingFiles(Optional<OutputFile> log, Optional<OutputFile> curve, String title) {
        this.log = log;
        this.curve = curve;
        this.title = title;
    }

    @Override
    public void resumed(List<EpochReport> earlier) {
        epochs.addAll(earlier);
        write();
    }

    @Override
    public void step(long step, long steps, double loss, double accuracy) {
        losses.add(step, loss);
    }

    @Override
    public void epoch(EpochReport report) {
        epochs.add(report);
        write();
    }

    private void write() {
        log.ifPresent(file -> file.write(TrainingLog.csv(epochs)));
        curve.ifPresent(file -> file.write(losses.svg(title, epochs)));
    }
}
