package dev.sinter.cli.option;

import dev.sinter.cli.bench.Turns;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// How often something is timed.
public final class TurnOptions {
    private static final int USUAL_ROUNDS = 21;
    private static final int MOST_ROUNDS = 1_000_000;
    private static final double MOST_SECONDS = 1e6;
    private static final long MOST_PAUSE = 60_000;

    @ArgGroup
    private Length length = new Length();

    /// At most one of the two.
    private static final class Length {
        @Option(names = "--rounds", paramLabel = "N", description = "How many runs of each are timed. Default: 21.")
        private @Nullable Integer rounds;

        @Option(
                names = "--seconds",
                paramLabel = "S",
                description = "Time runs of each network for about so long, at least 3 of each device.")
        private @Nullable Double seconds;
    }

    @Option(
            names = "--pause",
            paramLabel = "MS",
            defaultValue = "40",
            description = "Milliseconds before each run, in which the device before comes to rest. Default: 40.")
    private long pause;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seconds for which each device runs each network before it is timed. Default: 1.")
    private double warmUp;

    /// @throws CompileException if a number is out of range
    public Turns turns() {
        require(
                warmUp >= 0 && warmUp <= MOST_SECONDS,
                "--warm-up",
                warmUp + " must be from 0 to " + (long) MOST_SECONDS);
        return rounds().afterWarmingUp(warmUp);
    }

    private Turns rounds() {
        require(pause >= 0 && pause <= MOST_PAUSE, "--pause", pause + " must be from 0 to " + MOST_PAUSE);
        Double seconds = length.seconds;
        if (seconds != null) {
            require(
                    seconds > 0 && seconds <= MOST_SECONDS,
                    "--seconds",
                    seconds + " must be above 0 and at most " + (long) MOST_SECONDS);
            return Turns.during(seconds, pause);
        }
        int rounds = length.rounds == null ? USUAL_ROUNDS : length.rounds;
        require(rounds >= 1 && rounds <= MOST_ROUNDS, "--rounds", rounds + " must be from 1 to " + MOST_ROUNDS);
        return Turns.of(rounds, pause);
    }

    private static void require(boolean holds, String option, String fact) {
        if (!holds) {
            throw new CompileException(Code.OPTION, option, fact, null);
        }
    }
}
