package dev.sinter.cli.train;

import dev.sinter.training.EpochReport;
import java.util.List;
import java.util.Locale;

/// The course of a training as CSV: a heading, then a line per epoch. Without validation its columns are empty.
final class TrainingLog {
    private TrainingLog() {}

    static String csv(List<EpochReport> epochs) {
        StringBuilder text =
                new StringBuilder("epoch,step,rate,loss,accuracy,validation_loss,validation_accuracy,seconds\n");
        for (EpochReport epoch : epochs) {
            text.append(String.format(
                    Locale.ROOT,
                    "%d,%d,%.6g,%.6f,%.6f,%s,%s,%.3f%n",
                    epoch.epoch(),
                    epoch.step(),
                    epoch.rate(),
                    epoch.loss(),
                    epoch.accuracy(),
                    number(epoch.validationLoss()),
                    number(epoch.validationAccuracy()),
                    epoch.seconds()));
        }
        return text.toString();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
    }
}
