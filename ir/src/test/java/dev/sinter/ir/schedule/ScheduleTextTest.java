package dev.sinter.ir.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.schedule.ScheduleFile.Entry;
import dev.sinter.ir.type.ElementType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleTextTest {
    private final Axis channels = new Axis("c", 64);
    private final Axis inputs = new Axis("ic", 3);
    private final Axis columns = new Axis("w", 14);
    private final Axis otherColumns = new Axis("w", 7);
    private final Stage conv = Stage.sum("conv", List.of(channels, columns), List.of(inputs), one());
    private final Stage quoted = Stage.map("a \"b\"", List.of(channels), one());
    private final Stage second = Stage.sum("conv", List.of(columns), List.of(otherColumns), one());
    private final Group group = new Group("fc", new Value("y", second.tensorType()), List.of(conv, quoted, second));

    private static Expr one() {
        return Expr.constant(1, ElementType.FLOAT32);
    }

    private Schedule schedule() {
        Map<Stage, StagePlan> plans = new LinkedHashMap<>();
        plans.put(quoted, StagePlan.INLINE);
        plans.put(
                conv,
                new StagePlan(
                        new Placement.At(second, 3, 2, Memory.REGISTERS),
                        List.of(
                                Loop.over(inputs, LoopKind.SERIAL),
                                Loop.overDemand(columns, LoopKind.UNROLL),
                                new Loop(channels, 16, 4, LoopKind.VECTOR, Tail.PEEL))));
        plans.put(
                second,
                new StagePlan(
                        Placement.ROOT,
                        List.of(
                                new Loop(columns, 2, 7, new LoopKind.Global(1)),
                                new Loop(otherColumns, 1, 7, new LoopKind.Pipeline(2), Tail.OVERLAP))));
        return new Schedule(plans);
    }

    private static final String TEXT = """
        "a \\"b\\"": inline
        conv: registers at conv#2 3 kept 2; ic 3 serial, w demand unroll, c 4:16 vector peel
        conv#2: buffer; w 7:2 global 1, w#2 7 pipeline 2 overlap\
        """;

    @Test
    void names_that_are_there_twice_have_numbers() {
        assertEquals(TEXT, ScheduleText.print(group, schedule()));
        assertEquals(schedule(), ScheduleText.parse(group, TEXT));
    }

    @Test
    void blanks_empty_lines_and_comments_do_not_matter() {
        String loose = "# a comment\r\n\n" + TEXT.replace(", ", " ,\t").replace("\n", "   # another: one\n\n\t");
        assertEquals(schedule(), ScheduleText.parse(group, loose));
        assertEquals(schedule(), ScheduleText.parse(group, TEXT.replace("conv:", "conv#1:")));
    }

    @Test
    void a_file_has_the_steps_under_their_names() {
        Group nothing = new Group("a step", group.output(), group.stages());
        Group other = new Group("a step", group.output(), group.stages());
        Group again = new Group("fc", group.output(), group.stages());
        List<Entry> steps = List.of(
                new Entry(group, schedule()),
                new Entry(nothing, new Schedule(Map.of())),
                new Entry(other, new Schedule(Map.of(quoted, StagePlan.INLINE))),
                new Entry(again, schedule()));
        String text = ScheduleFile.print(List.of("small\nnetwork"), steps);
        assertEquals(
                """
                sinter.schedule 1

                # small network

                step fc
                %s

                step "a step"#2
                  "a \\"b\\"": inline

                step fc#2
                %s
                """.formatted(TEXT.indent(2).stripTrailing(), TEXT.indent(2).stripTrailing()), text);
        assertEquals(
                List.of("fc", "\"a step\"#2", "fc#2"),
                ScheduleFile.parse(text, "s.txt").steps().stream()
                        .map(step -> step.name().toString())
                        .toList());
    }

    @Test
    void a_foreign_stage_has_no_name() {
        Stage foreign = Stage.map("relu", List.of(), one());
        Schedule schedule = new Schedule(Map.of(foreign, StagePlan.INLINE));
        var fault = assertThrows(IllegalArgumentException.class, () -> ScheduleText.print(group, schedule));
        assertTrue(String.valueOf(fault.getMessage()).startsWith("relu is none of [conv, "), fault.getMessage());
    }

    @Test
    void lines_of_one_step_hold_no_other() {
        var fault = assertThrows(CompileException.class, () -> ScheduleText.parse(group, TEXT + "\nstep x"));
        assertEquals("TEXT-001 schedule:4:1: found 'step' but expected the name of a stage", fault.getMessage());
    }
}
