package dev.sinter.cli.terminal;

import dev.sinter.cli.terminal.TerminalWriter.Content;
import dev.sinter.ir.diag.BuildProgress;
import dev.sinter.ir.diag.Trace;
import java.io.BufferedWriter;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Where a command prints: results to `out`, all that is said about them to `err`. Whatever a user's file brings along,
/// only printable text gets there.
public final class Terminal {
    private final Output out;
    private final Output err;
    private final boolean interactive;
    private final boolean coloured;
    private final IntSupplier width;

    /// One of the two, for words of all kinds and for words that are ours alone.
    private record Output(TerminalWriter checked, PrintWriter words, TerminalWriter unchecked, PrintWriter own) {
        static Output of(Writer writer, Content content) {
            TerminalWriter checked = new TerminalWriter(writer, content);
            TerminalWriter unchecked = new TerminalWriter(writer, Content.OWN);
            return new Output(checked, new PrintWriter(checked, true), unchecked, new PrintWriter(unchecked, true));
        }

        Optional<IOException> failure() {
            words.flush();
            own.flush();
            return Stream.of(checked, unchecked)
                    .flatMap(one -> one.failure().stream())
                    .findFirst();
        }
    }

    Terminal(Writer out, Writer err, boolean interactive, boolean coloured) {
        this(out, err, interactive, coloured, () -> Integer.MAX_VALUE);
    }

    Terminal(Writer out, Writer err, boolean interactive, boolean coloured, IntSupplier width) {
        Content content = coloured ? Content.COLOURED : Content.PLAIN;
        this.out = Output.of(out, content);
        this.err = Output.of(err, content);
        this.interactive = interactive;
        this.coloured = coloured;
        this.width = width;
    }

    /// The one this process was started from. Colours follow <https://no-color.org>.
    public static Terminal ofProcess() {
        boolean interactive =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        Map<String, String> environment = System.getenv();
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(
                writer(FileDescriptor.out, System.getProperty("stdout.encoding")),
                writer(FileDescriptor.err, System.getProperty("stderr.encoding")),
                interactive,
                interactive && !plain,
                interactive ? TerminalWidth::ofProcess : () -> Integer.MAX_VALUE);
    }

    /// Not through `System.out`, which keeps to itself why something could not be written.
    private static Writer writer(FileDescriptor file, String encoding) {
        Charset charset = encoding == null ? Charset.defaultCharset() : Charset.forName(encoding);
        return new BufferedWriter(new OutputStreamWriter(new FileOutputStream(file), charset));
    }

    /// Output that is kept as text, as nobody looks at it now.
    public static Terminal silent(Writer out, Writer err) {
        return new Terminal(out, err, false, false);
    }

    public PrintWriter out() {
        return out.words();
    }

    public PrintWriter err() {
        return err.words();
    }

    /// `out` for pages whose every word is ours, in the colours of picocli.
    public PrintWriter pages() {
        return out.own();
    }

    /// Whether somebody looks at it while it runs, so that a progress bar makes sense.
    public boolean interactive() {
        return interactive;
    }

    /// How many characters a line has room for; where nobody looks there is no end to it.
    public int width() {
        return width.getAsInt();
    }

    /// Whether text may carry ANSI colours.
    public boolean coloured() {
        return coloured;
    }

    /// Why a part of the results did not get to where they were to go, if so.
    public Optional<IOException> lostResults() {
        return out.failure();
    }

    /// The same of what was said about them.
    public Optional<IOException> lostRemarks() {
        return err.failure();
    }

    /// Says what takes a while, as long as it does and only where somebody looks.
    public <T> T during(String task, Supplier<T> work) {
        if (!interactive) {
            return work.get();
        }
        try (StatusLine line = new StatusLine(err.own())) {
            line.show(Printable.cell(task) + " ...");
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
        try (StatusLine line = new StatusLine(err.own())) {
            line.show(Printable.cell(task) + " ...");
            return work.apply(event -> {
                trace.report(event);
                BuildProgress.of(event)
                        .ifPresent(progress -> line.show(Printable.cell(task) + " ... built " + progress.done() + " of "
                                + progress.all() + " kernels"));
            });
        }
    }

    /// Makes room for a line on `err` where a progress bar may stand.
    public void overBar() {
        if (interactive) {
            err.own().print("\r\033[K");
            err.own().flush();
        }
    }

    public String bold(String text) {
        return styled(TextStyle.BOLD, text);
    }

    public String red(String text) {
        return styled(TextStyle.RED, text);
    }

    public String green(String text) {
        return styled(TextStyle.GREEN, text);
    }

    private String styled(TextStyle style, String text) {
        return coloured ? style.of(text) : text;
    }
}
