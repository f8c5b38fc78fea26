package dev.sinter.training;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// How far training has come.
///
/// @param step how many steps were taken
/// @param epochs what the finished epochs said of themselves
record Progress(long step, List<EpochReport> epochs) {
    static final Progress NONE = new Progress(0, List.of());

    Progress {
        epochs = List.copyOf(epochs);
    }

    Progress after(EpochReport report, long steps) {
        List<EpochReport> all = new ArrayList<>(epochs);
        all.add(report);
        return new Progress(steps, all);
    }

    void write(DataOutputStream data) throws IOException {
        data.writeLong(step);
        data.writeInt(epochs.size());
        for (EpochReport report : epochs) {
            data.writeInt(report.epoch());
            data.writeLong(report.step());
            data.writeDouble(report.rate());
            data.writeDouble(report.loss());
            data.writeDouble(report.accuracy());
            data.writeDouble(report.validationLoss());
            data.writeDouble(report.validationAccuracy());
            data.writeDouble(report.seconds());
        }
    }

    static Progress read(DataInputStream data) throws IOException {
        long step = data.readLong();
        int count = data.readInt();
        List<EpochReport> epochs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            epochs.add(new EpochReport(
                    data.readInt(),
                    data.readLong(),
                    data.readDouble(),
                    data.readDouble(),
                    data.readDouble(),
                    data.readDouble(),
                    data.readDouble(),
                    data.readDouble()));
        }
        return new Progress(step, epochs);
    }
}
