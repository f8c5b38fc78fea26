package dev.sinter.ir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IdentifiersTest {
    @Test
    void names_that_are_free_stay() {
        Identifiers names = new Identifiers();
        assertEquals("acc", names.register("acc"));
        assertEquals("kh", names.axis("kh"));
        assertEquals("i0o", names.axis("i0o"));
    }

    @Test
    void keywords_functions_and_macros_get_a_prefix() {
        Identifiers names = new Identifiers();
        for (String reserved : List.of("true", "NULL", "INFINITY", "get_global_id", "float4", "half", "linux", "exp")) {
            assertTrue(names.register(reserved).startsWith("v_"), reserved);
            assertTrue(names.axis(reserved).startsWith("i_"), reserved);
        }
        assertEquals("i_do", names.axis("do"));
        assertEquals("i_if", names.axis("if"));
    }

    @Test
    void what_is_taken_gets_a_number() {
        Identifiers names = new Identifiers(List.of("acc"));
        assertEquals("acc_2", names.register("acc"));
        assertEquals("acc_3", names.register("acc"));
    }

    @Test
    void long_names_are_cut() {
        Identifiers names = new Identifiers();
        String first = names.kernel("convolution_".repeat(50));
        String second = names.kernel("convolution_".repeat(50));
        assertTrue(first.length() <= 34, first);
        assertEquals(first + "_2", second);
    }

    @Property
    void any_text_gives_words_of_c_and_never_one_twice(@ForAll List<String> texts) {
        Identifiers names = new Identifiers();
        Set<String> given = new HashSet<>();
        for (String text : texts) {
            for (String name : List.of(names.register(text), names.axis(text), names.kernel(text))) {
                assertTrue(name.matches("[a-z][a-z0-9_]*"), name);
                assertTrue(given.add(name), name);
            }
        }
    }
}
