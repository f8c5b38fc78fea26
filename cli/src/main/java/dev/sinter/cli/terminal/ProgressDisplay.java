package dev.sinter.cli.terminal;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// How far a long job is, shown while somebody looks.
public interface ProgressDisplay extends AutoCloseable {
    void advance(long steps);

    /// Shows a few words behind the bar, in place of those before.
    default void say(String words) {}

    @Override
    void close();

    /// A bar on an interactive terminal; elsewhere nothing.
    static ProgressDisplay of(Terminal terminal, boolean quiet, String task, long steps) {
        return terminal.interactive() && !quiet ? Bar.start(task, steps) : new Silent();
    }

    /// Nobody looks.
    record Silent() implements ProgressDisplay {
        @Override
        public void advance(long steps) {}

        @Override
        public void close() {}
    }

    /// A bar on standard error, so that results can be redirected.
    record Bar(ProgressBar bar) implements ProgressDisplay {
        private static final int REDRAW_MILLIS = 200;

        static Bar start(String task, long steps) {
            PrintStream err = System.err;
            return new Bar(new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(steps)
                    .setUpdateIntervalMillis(REDRAW_MILLIS)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new Line(err))
                    .build());
        }

        /// Leaves nothing behind, not even an empty line.
        private static final class Line extends ConsoleProgressBarConsumer {
            Line(PrintStream err) {
                super(err);
            }

            @Override
            public void close() {
                clear();
            }
        }

        @Override
        public void advance(long steps) {
            bar.stepBy(steps);
        }

        @Override
        public void say(String words) {
            bar.setExtraMessage(words);
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
