package dev.sinter.cli.terminal;

import dev.sinter.ir.diag.BuildProgress;
import dev.sinter.ir.diag.Trace;
import java.io.Console;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Where a command prints: results to `out`, all that is said about them to `err`.
///
/// @param interactive whether somebody looks at it while it runs, so that a progress bar makes sense
/// @param coloured whether text may carry ANSI colours
public record Terminal(PrintWriter out, PrintWriter err, boolean interactive, boolean coloured) {
    /// The one this process was started from. Colours follow <https://no-color.org>.
    public static Terminal ofProcess() {
        boolean interactive =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        Map<String, String> environment = System.getenv();
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(
                writer(System.out, System.getProperty("stdout.encoding")),
                writer(System.err, System.getProperty("stderr.encoding")),
                interactive,
                interactive && !plain);
    }

    private static PrintWriter writer(OutputStream stream, String encoding) {
        return new PrintWriter(stream, true, encoding == null ? Charset.defaultCharset() : Charset.forName(encoding));
    }

    /// Output that is kept as text, as nobody looks at it now.
    public static Terminal silent(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, false, false);
    }

    /// Says what takes a while, as long as it does and only where somebody looks.
    public <T> T during(String task, Supplier<T> work) {
        if (!interactive) {
            return work.get();
        }
        try (StatusLine line = new StatusLine(err)) {
            line.show(task + " ...");
            return work.get();
        }
    }

    /// As above, for work in which a device builds kernels: says how far it is, which it reports to what `work` gets.
    ///
    /// @param trace gets all that is reported
    public <T> T during(String task, Trace trace, Function<Trace, T> work) {
        if (!interactive) {
            return work.apply(trace);
        }
        try (StatusLine line = new StatusLine(err)) {
            line.show(task + " ...");
            return work.apply(event -> {
                trace.report(event);
                BuildProgress.of(event)
                        .ifPresent(progress -> line.show(
                                task + " ... built " + progress.done() + " of " + progress.all() + " kernels"));
            });
        }
    }

    public String bold(String text) {
        return styled("1", text);
    }

    public String red(String text) {
        return styled("1;31", text);
    }

    public String green(String text) {
        return styled("32", text);
    }

    private String styled(String code, String text) {
        return coloured ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
