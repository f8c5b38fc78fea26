package dev.sinter.cli.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FileNamesTest {
    @Test
    void names_that_become_the_same_get_numbers_and_a_plain_one_stays() {
        assertEquals(List.of("a_b-2", "a_b", "a_b-1"), FileNames.distinct(List.of("a/b", "a_b", "a_b-1")));
        assertEquals(List.of("a_b", "a_b-1", "a_b-2"), FileNames.distinct(List.of("a/b", "a:b", "a b")));
    }

    @Test
    void names_that_differ_in_case_only_are_files_of_their_own_everywhere() {
        assertEquals(List.of("Y", "y-1"), FileNames.distinct(List.of("Y", "y")));
    }

    @Test
    void no_name_leaves_the_folder_or_is_too_long_for_it() {
        assertEquals(List.of("_..", "_", "_.._x"), FileNames.distinct(List.of("..", "", "../x")));
        List<String> distinct = FileNames.distinct(List.of("x".repeat(300) + "1", "x".repeat(300) + "2"));
        assertEquals(2, distinct.stream().distinct().count());
        assertTrue(distinct.stream().allMatch(name -> name.length() < 250));
    }
}
