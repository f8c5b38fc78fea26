package dev.sinter.ir.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.ScheduleText;
import dev.sinter.ir.schedule.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which groups are scheduled alike.
class GroupFormTest {
    private static final Layouts ROW_MAJOR =
            source -> Layout.rowMajor(source.type().shape());

    private static final Target CPU = new Target(
            "cpu", Target.Kind.CPU, 16, 32, 1, 2, 3e9, 64, 1L << 34, 15e9, 1 << 20, 4 << 20, 1e-5, Optional.empty());

    private static Group conv(String pads, String after) {
        return Fusion.clusters(GraphParser.parse("""
            sinter.graph 1
            graph layer {
            %%x: f32[1,8,12,12] = input
            %%w: f32[16,8,3,3] = input
            %%c = conv(%%x, %%w) pads=%s
            %%y = %s
            return %%y
            }
            """.formatted(pads, after), "layer"), true, Target.Limits.COMMON)
                .clusters()
                .getFirst()
                .group();
    }

    private static GroupForm form(String pads, String after, Layouts layouts) {
        return GroupForm.of(conv(pads, after), layouts);
    }

    @Test
    void groups_that_compute_the_same_have_one_form() {
        assertEquals(form("[1,1,1,1]", "relu(%c)", ROW_MAJOR), form("[1,1,1,1]", "relu(%c)", ROW_MAJOR));
    }

    @Test
    void another_function_number_or_layout_is_another_form() {
        GroupForm form = form("[1,1,1,1]", "relu(%c)", ROW_MAJOR);
        assertNotEquals(form, form("[1,1,1,1]", "abs(%c)", ROW_MAJOR));
        assertNotEquals(form, form("[1,1,0,1]", "relu(%c)", ROW_MAJOR));
        Layouts blocked = source -> source.type().shape().dim(1) == 8
                ? Layout.blocked(source.type().shape(), 1, 8)
                : Layout.rowMajor(source.type().shape());
        assertNotEquals(form, form("[1,1,1,1]", "relu(%c)", blocked));
    }

    @Test
    void the_second_group_of_a_form_gets_the_schedule_of_the_first() {
        Policy policy = Policy.of(CPU);
        List<String> schedules = List.of(conv("[1,1,1,1]", "relu(%c)"), conv("[1,1,1,1]", "relu(%c)")).stream()
                .map(group -> policy.schedule(group, CPU, ROW_MAJOR))
                .map(chosen -> ScheduleText.print(chosen.group(), chosen.schedule()))
                .toList();
        assertEquals(schedules.getFirst(), schedules.getLast());
    }
}
