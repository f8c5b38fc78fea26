package dev.sinter.cli.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import org.junit.jupiter.api.Test;

class PathTextTest {
    @Test
    void a_locale_that_cannot_name_files_is_told_and_how_to_change_it() {
        assertTrue(String.valueOf(PathText.hint("ANSI_X3.4-1968")).contains("LC_ALL=C.UTF-8"));
        assertNull(PathText.hint("UTF-8"));
    }

    @Test
    void what_no_system_takes_for_a_path_is_a_fault_of_the_user() {
        CompileException fault = assertThrows(CompileException.class, () -> PathText.parse("a\0b"));
        assertEquals(Code.FILE_MISSING, fault.code());
    }
}
