package dev.sinter.training.data.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.training.data.RandomNumbers;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StylesTest {
    private static final String ALL = IntStream.range(0, 10)
            .mapToObj(digit -> digit + " line 1 : 0,0 0,100\n")
            .collect(Collectors.joining());

    @Test
    void each_digit_is_written_in_many_ways_that_have_names_of_their_own() {
        Styles.STANDARD.byDigit().forEach((digit, styles) -> {
            assertTrue(styles.size() >= 8, digit + " has " + styles.size());
            assertEquals(
                    styles.size(), styles.stream().map(Style::name).distinct().count(), "names of " + digit);
        });
    }

    @Test
    void a_stroke_passes_through_its_points_and_a_corner_splits_it() {
        Stroke stroke = Styles.parse(ALL.replace("7 line 1 : 0,0 0,100", "7 line 1 : 0,0 50,10 | 20,100"))
                .byDigit()
                .get(7)
                .getFirst()
                .strokes()
                .getFirst();
        assertEquals(2, stroke.pieces().size());
        assertEquals(stroke.pieces().get(0).getLast(), stroke.pieces().get(1).getFirst());
        assertTrue(stroke.line().contains(new Point(50, 10)));
        assertEquals(new Point(20, 100), stroke.line().getLast());
    }

    @Test
    void styles_are_chosen_as_often_as_their_weights_say() {
        Styles styles = Styles.parse(ALL + "7 other 3 : 0,0 0,100\n");
        RandomNumbers random = new RandomNumbers(1, 0);
        Map<String, Long> counts = IntStream.range(0, 4000)
                .mapToObj(_ -> styles.choose(7, random).name())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        assertEquals(3000, counts.get("other"), 120);
    }

    @Test
    void a_wrong_line_is_told() {
        var wrong = assertThrows(IllegalArgumentException.class, () -> Styles.parse(ALL + "7 single 1 : 0,0"));
        assertTrue(wrong.getMessage().contains("7 single 1"), wrong.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Styles.parse(ALL + "7 zero 0 : 0,0 1,1"));
        assertThrows(IllegalArgumentException.class, () -> Styles.parse(ALL + "seven a 1 : 0,0 1,1"));
    }

    @Test
    void a_digit_without_styles_is_told() {
        var wrong = assertThrows(IllegalArgumentException.class, () -> Styles.parse("7 line 1 : 0,0 1,1"));
        assertEquals("styles for the digits [7] but 0 to 9 are needed", wrong.getMessage());
    }
}
