package dev.sinter.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.ir.diag.BuildProgress;
import dev.sinter.ir.diag.Trace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final StringWriter shown = new StringWriter();
    private final List<Trace.Event> kept = new ArrayList<>();

    private String builtTwoKernels(boolean interactive) {
        Terminal terminal =
                new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(shown), interactive, false);
        return terminal.during("compiling", kept::add, trace -> {
            trace.note("pass", "fold", Map.of());
            trace.report(new BuildProgress(1, 2).event("k_a", System.nanoTime()));
            trace.report(new BuildProgress(2, 2).event("k_b", System.nanoTime()));
            return "done";
        });
    }

    @Test
    void a_terminal_shows_how_many_kernels_are_built_and_then_nothing() {
        assertEquals("done", builtTwoKernels(true));
        String first = "compiling ... built 1 of 2 kernels";
        assertEquals(
                "compiling ...\r" + first + "\r" + first.replace('1', '2') + "\r" + " ".repeat(first.length()) + "\r",
                shown.toString());
    }

    @Test
    void elsewhere_nothing_is_shown_and_the_trace_gets_everything() {
        assertEquals("done", builtTwoKernels(false));
        assertEquals("", shown.toString());
        assertEquals(
                List.of("fold", "k_a", "k_b"),
                kept.stream().map(Trace.Event::name).toList());
    }
}
