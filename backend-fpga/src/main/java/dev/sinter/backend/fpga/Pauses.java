package dev.sinter.backend.fpga;

import java.util.ArrayList;
import java.util.List;

/// How many cycles must pass between an iteration of one phase and the next of another, so that what was written is
/// there when it is read, and what is still to be read is not overwritten.
final class Pauses {
    private final List<Access> accesses = new ArrayList<>();

    /// A memory that one phase writes and others read.
    ///
    /// @param phase the one that writes
    /// @param lateness how many stages after reading it is written
    private record Access(Datapath datapath, Ram ram, int phase, int lateness) {
        boolean isReadBy(Phase other) {
            return datapath.readers(ram).contains(other.number());
        }
    }

    Pauses(Datapath datapath, Stages stages) {
        for (Effect effect : datapath.effects()) {
            if (!(effect instanceof Effect.Write write)) {
                continue;
            }
            for (Signal signal : datapath.signals().all()) {
                if (signal.form() instanceof Signal.Form.Recall(Ram ram) && ram == write.ram()) {
                    int read = stages.of(signal) - 1;
                    accesses.add(new Access(datapath, ram, write.phase(), stages.of(write) - read));
                }
            }
        }
    }

    /// The longest of them.
    int longest() {
        return accesses.stream()
                .mapToInt(access -> Math.abs(access.lateness()))
                .max()
                .orElse(0);
    }

    int between(Phase from, Phase to) {
        if (from == to) {
            return 0;
        }
        int pause = 0;
        for (Access access : accesses) {
            boolean reads = access.isReadBy(to);
            boolean writes = access.phase() == to.number();
            if (reads && !writes) {
                pause = Math.max(pause, access.lateness());
            } else if (writes && !reads) {
                pause = Math.max(pause, -access.lateness());
            }
        }
        return pause;
    }
}
