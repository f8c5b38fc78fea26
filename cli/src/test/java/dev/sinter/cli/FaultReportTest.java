package dev.sinter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.CompilerFault;
import java.io.StringWriter;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FaultReportTest {
    private static String printed(Throwable fault) {
        StringWriter err = new StringWriter();
        Terminal terminal = Terminal.silent(new StringWriter(), err);
        FaultReport.of(fault).print(terminal);
        terminal.err().flush();
        return err.toString();
    }

    @Test
    void memory_that_ran_out_is_told_however_deep_it_is_wrapped() {
        Throwable fault =
                new RuntimeException(new ExecutionException(new CompilerFault("x", new OutOfMemoryError("Java heap"))));
        assertEquals(FaultReport.FAILED, FaultReport.of(fault).exitCode());
        String text = printed(fault);
        assertTrue(text.contains("out of memory: Java heap") && text.contains("-Xmx16g"), text);
        assertFalse(text.contains("Sinter itself"), text);
    }

    @Test
    void causes_that_go_in_a_circle_come_to_an_end() {
        RuntimeException first = new RuntimeException("first");
        first.initCause(new IllegalStateException("second", first));
        assertTrue(printed(first).contains("A fault of Sinter itself: RuntimeException: first"));
    }

    @Test
    void a_message_has_a_sensible_length_and_keeps_its_hint() {
        String text = printed(new CompileException(Code.INPUT_DATA, "x", "1,".repeat(20_000) + "end", "the hint"));
        assertTrue(text.length() < 2000, () -> text.length() + " characters");
        assertTrue(text.contains("end") && text.contains("characters left out") && text.contains("the hint"), text);
    }

    @Test
    void names_in_messages_command_no_terminal() {
        String text = printed(new CompileException(Code.INPUT_DATA, "a\033[2Jb", "is\u202edark", null));
        assertTrue(text.contains("a\\u001b[2Jb") && text.contains("is\\u202edark"), text);
        assertFalse(text.contains("\033"), text);
    }
}
