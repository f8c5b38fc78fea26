package dev.sinter.ir.plan;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Place;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.schedule.ScheduleFile;
import dev.sinter.ir.schedule.ScheduleText;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.schedule.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenSchedulesTest {
    private static final Target CPU = new Target(
            "cpu", Target.Kind.CPU, 8, 16, 1, 2, 2.6e9, 32, 8L << 30, 15e9, 1 << 20, 32 << 20, 12e-6, Optional.empty());

    private static final Graph GRAPH = GraphParser.parse("""
        sinter.graph 1
        graph small {
          %x: f32[1,3,12,12] = input
          %w: f32[8,3,3,3] = constant random 1
          %b: f32[8] = constant random 2
          %h = conv(%x, %w, %b) pads=[1,1,1,1] @conv1
          %r = relu(%h) @relu1
          %p = max_pool(%r) kernel=[2,2] strides=[2,2] @pool1
          %f = reshape(%p) shape=[1,288] @flat
          %s = softmax(%f) axis=1 @softmax1
          return %s
        }
        """, "small.sir");

    private static final String VALID = """
        sinter.schedule 1

        # one row for each work-item
        step pool1
          conv: registers at max_pool 2; ic 3 serial, kh 3 serial, kw 3 serial, h demand unroll, w demand unroll
          relu: inline
          max_pool: buffer; c 8 global 1, h 6 global 0, kh 2 unroll, kw 2 unroll, w 6 unroll
        """;

    private static Plan plan(String text) {
        CompileOptions options = CompileOptions.DEFAULT.withSchedules(ScheduleFile.parse(text, "s.txt"));
        return Sinter.program(GRAPH, CPU, options).plan();
    }

    @Test
    void a_step_that_is_named_has_the_schedule_of_the_file_and_says_so() {
        Plan chosen = Planner.plan(GRAPH, CPU, Policy.of(CPU), true);
        Plan written = plan(VALID);
        Step pool = written.steps().getFirst();
        assertAll(
                () -> assertTrue(
                        VALID.endsWith("step pool1\n"
                                + ScheduleText.print(pool.group(), pool.schedule())
                                        .indent(2)),
                        () -> ScheduleText.print(pool.group(), pool.schedule())),
                () -> assertEquals(Optional.of(new Place("s.txt", 4, 6)), pool.writtenAt()),
                () -> assertEquals(Optional.empty(), written.steps().getLast().writtenAt()),
                () -> assertEquals(
                        text(chosen.steps().getLast()), text(written.steps().getLast())));
    }

    private static String text(Step step) {
        return ScheduleText.print(step.group(), step.schedule());
    }

    @Test
    void what_the_policy_chose_gives_the_same_kernels_when_it_is_given_back() {
        Plan chosen = Planner.plan(GRAPH, CPU, Policy.of(CPU), true);
        Plan again = plan(ScheduleFile.print(
                List.of(),
                chosen.steps().stream()
                        .map(step -> new ScheduleFile.Entry(step.group(), step.schedule()))
                        .toList()));
        assertEquals(names(chosen), names(again));
        assertEquals(
                chosen.steps().stream().map(WrittenSchedulesTest::text).toList(),
                again.steps().stream().map(WrittenSchedulesTest::text).toList());
    }

    @Test
    void the_reading_of_a_tensor_that_has_a_line_is_a_stage() {
        String staged =
                VALID.replace("  relu:", "  load(x): registers at conv 1; x2 demand serial, x3 demand serial\n  relu:");
        Step pool = plan(staged).steps().getFirst();
        assertTrue(staged.endsWith("step pool1\n" + text(pool).indent(2)), () -> text(pool));
        assertEquals(4, pool.group().stages().size());
    }

    private static List<String> names(Plan plan) {
        return plan.steps().stream()
                .flatMap(step -> step.kernels().stream().map(Kernel::name))
                .toList();
    }

    /// Each row changes one thing in a valid text and says what the message must hold.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        sinter.schedule 1 | sinter.schedule 2  | TEXT-002  | s.txt:1:17: the text has format version 2 but version 1 is expected
        sinter.schedule 1 | sinter.graph 1     | TEXT-001  | s.txt:1:1: found 'sinter.graph' but expected the first line 'sinter.schedule 1'
        sinter.schedule 1 | sinter.schedule    | TEXT-001  | s.txt:1:16: found the end of the line but expected the first line
        sinter.schedule 1 | sinter.schedule 1 2 | TEXT-001 | s.txt:1:19: found '2' but expected the end of the line after the version
        step pool1        | pool1              | TEXT-001  | s.txt:4:1: found 'pool1' but expected 'step' and the name of a step
        step pool1        | step               | TEXT-001  | s.txt:4:5: found the end of the line but expected the name of a step
        step pool1        | step pool1:        | TEXT-001  | s.txt:4:11: found ':' but expected the end of the line after a step's name
        step pool1        | step pool1 step    | TEXT-001  | s.txt:4:12: found 'step'
        step pool1        | step "pool1        | TEXT-001  | s.txt:4:6: found a string that does not end on its line
        step pool1        | step "pool\\x1"    | TEXT-001  | s.txt:4:11: found the escape '\\' and 'x' but expected one of
        conv: registers   | conv registers     | TEXT-001  | s.txt:5:8: found 'registers' but expected ':' after the name of a stage
        conv: registers   | 4: registers       | TEXT-001  | s.txt:5:3: found '4' but expected the name of a stage, or 'step' and the name of a step
        conv: registers   | conv: register     | TEXT-001  | s.txt:5:9: found 'register' but expected inline, registers, local, buffer or channel
        conv: registers   | conv: channel      | TEXT-001  | s.txt:5:17: found 'at' but expected a whole number from 1 to 2147483647
        conv: registers   | conv:              | TEXT-001  | s.txt:5:9: found 'at' but expected inline, registers
        conv: registers   | conv: [            | TEXT-001  | s.txt:5:9: found '[', which begins nothing
        conv: registers   | conv#0: registers  | TEXT-001  | s.txt:5:7: found '#0' but expected a whole number from 1
        conv: registers   | conv#1x: registers | TEXT-001  | s.txt:5:7: found '#1x' but expected a whole number from 1
        max_pool 2;       | 2;                 | TEXT-001  | s.txt:5:22: found '2' but expected the name of the stage that it is computed in
        max_pool 2;       | max_pool;          | TEXT-001  | s.txt:5:30: found ';' but expected a whole number from 0
        max_pool 2;       | max_pool 2 kept 3; | TEXT-001  | s.txt:5:38: found '3' but expected a whole number from 0 to 2
        max_pool 2;       | max_pool 2,        | TEXT-001  | s.txt:5:32: found ',' but expected ';' and loops, or the end of the line
        ic 3 serial       | ic serial          | TEXT-001  | s.txt:5:37: found 'serial' but expected a whole number from 1 to 9223372036854775807 or demand
        ic 3 serial       | ic 0 serial        | TEXT-001  | s.txt:5:37: found '0' but expected a whole number from 1
        ic 3 serial       | ic 99999999999999999999 serial | TEXT-001 | s.txt:5:37: found '99999999999999999999' but expected a whole number
        ic 3 serial       | ic 3:0 serial      | TEXT-001  | s.txt:5:39: found '0' but expected a whole number from 1
        ic 3 serial       | ic 3 parallel      | TEXT-001  | s.txt:5:39: found 'parallel' but expected serial, unroll, vector, global, local or pipeline
        ic 3 serial       | ic 3 4             | TEXT-001  | s.txt:5:39: found '4' but expected serial, unroll
        ic 3 serial       | ic 3 pipeline 0    | TEXT-001  | s.txt:5:48: found '0' but expected a whole number from 1
        ic 3 serial       | ic 3 serial 2      | TEXT-001  | s.txt:5:46: found '2' but expected ',' and another loop, or the end of the line
        h 6 global 0      | h 6 global 3       | TEXT-001  | s.txt:7:46: found '3' but expected a whole number from 0 to 2
        h 6 global 0      | h 6 global         | TEXT-001  | s.txt:7:45: found ',' but expected a whole number from 0 to 2
        step pool1        | step pool2         | SCHED-002 | s.txt:4:6 pool2: is no step of this network, which has [pool1, softmax1]
        step pool1        | step pool2         | SCHED-002 | did you mean pool1?
        step pool1        | step elsewhere     | SCHED-002 | 'sinter inspect MODEL --schedules' prints them
        step pool1        | step pool1#2       | SCHED-002 | s.txt:4:6 pool1#2: is no step of this network
        step pool1        | step relu1         | SCHED-002 | s.txt:4:6 relu1: is no step of its own but a layer of step pool1
        step pool1        | step flat          | SCHED-002 | s.txt:4:6 flat: only gives the same bytes another shape
        conv: registers   | cnv: registers     | SCHED-002 | s.txt:5:3: found stage cnv but step pool1 has [conv, relu, max_pool]
        conv: registers   | conv#2: registers  | SCHED-002 | s.txt:5:3: found stage conv#2 but step pool1 has [conv, relu, max_pool]
        at max_pool 2     | at pool 2          | SCHED-002 | s.txt:5:22: found stage pool but step pool1 has
        ic 3 serial       | kd 3 serial        | SCHED-002 | s.txt:5:34: found axis kd but stage conv has [n, c, h, w, ic, kh, kw]
        ic 3 serial       | c#2 3 serial       | SCHED-002 | s.txt:5:34: found axis c#2 but stage conv has
        relu: inline      | load(x: inline     | TEXT-001  | s.txt:6:9: found ':' but expected ')' after the name of a tensor
        relu: inline      | load(): inline     | TEXT-001  | s.txt:6:8: found ')' but expected the name of a tensor or a stage after '('
        relu: inline      | load(q): inline    | SCHED-002 | s.txt:6:3: found stage load(q) but step pool1 reads the tensors [x, w, b]
        relu: inline      | relu(x): inline    | SCHED-002 | s.txt:6:3: found stage relu(x) but step pool1 has [conv, relu, max_pool]
        relu: inline      | conv: inline       | SCHED-003 | s.txt:6:3: plans stage conv but line 5 planned it already
        relu: inline      | step pool1         | SCHED-003 | s.txt:6:8: plans step pool1 but line 4 planned it already
        relu: inline      | ``                 | SCHED-001 | s.txt:4:6 relu: the step has no line for it
        relu: inline      | ``                 | SCHED-001 | every stage has a plan
        relu: inline      | relu: registers at max_pool 9 | SCHED-001 | s.txt:6:3 relu: is computed inside 9 loops but max_pool has 5
        kh 2 unroll       | kh 1 unroll        | SCHED-001 | s.txt:7:3 max_pool: loops over kh cover 1 of 2
        w 6 unroll        | w 5 unroll         | SCHED-001 | s.txt:7:3 max_pool: loops over w cover 5 of 6
        w 6 unroll        | w 5 unroll         | SCHED-001 | hint: a stage's loops cover what is demanded, each once
        w 6 unroll        | w 6:9223372036854775807 unroll | SCHED-001 | takes 6 steps of 9223372036854775807 but there are 6 to cover
        max_pool: buffer  | max_pool: local    | SCHED-001 | s.txt:7:3 max_pool: has a kernel of its own but is in local memory
        max_pool: buffer  | max_pool: inline   | SCHED-001 | s.txt:5:3 conv: is computed inside of max_pool, which has no loops for it
        registers at max_pool 2 | inline       | SCHED-001 | s.txt:5:3 conv: reduces over [ic, kh, kw] but is inlined
        registers at max_pool 2 | registers at max_pool 9 | SCHED-001 | s.txt:5:3 conv: is computed inside 9 loops but max_pool has 5
        registers at max_pool 2 | registers at max_pool 1 | SCHED-001 | registers are filled by the work-item that reads them
        """)
    void the_message_says_where_and_what(String from, String to, String code, String expected) {
        String text = VALID.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
        var fault = assertThrows(CompileException.class, () -> plan(text));
        assertTrue(String.valueOf(fault.getMessage()).contains(expected), fault.getMessage());
        assertEquals(code, fault.code().text(), fault.getMessage());
    }

    @Property(tries = 500)
    void whatever_a_file_says_is_a_plan_or_a_fault_of_the_users(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> words = new ArrayList<>(List.of(VALID.split("(?<=[ \n:;,])|(?=[ \n:;,])")));
        List<String> others = List.of(
                "demand",
                "2",
                "288",
                "c",
                "local",
                "global",
                "pipeline",
                "vector",
                "serial overlap",
                "unroll peel",
                "relu",
                "registers at relu",
                "channel");
        for (int i = random.nextInt(4); i >= 0; i--) {
            List<String> from = random.nextBoolean() ? words : others;
            words.set(random.nextInt(words.size()), from.get(random.nextInt(from.size())));
        }
        try {
            plan(String.join("", words));
        } catch (CompileException fault) {
            assertTrue(fault.where().startsWith("s.txt:"), fault.getMessage());
        }
    }

    @Test
    void a_step_without_elements_is_not_planned() {
        Graph none = GraphParser.parse("""
            sinter.graph 1
            graph none {
              %x: f32[1,0,5,5] = input
              %y = relu(%x)
              return %y
            }
            """, "none.sir");
        ScheduleFile file = ScheduleFile.parse("sinter.schedule 1\nstep y\n  relu: buffer", "s.txt");
        var fault = assertThrows(
                CompileException.class, () -> Planner.plan(none, CPU, Policy.of(CPU), true, file, Tuning.NONE));
        assertEquals("SCHED-002 s.txt:2:6 y: has no elements, so nothing is planned for it", fault.getMessage());
    }
}
