package dev.sinter.ir.plan;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Place;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.schedule.ScheduleFile;
import dev.sinter.ir.schedule.ScheduleText;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.schedule.TensorNames;
import dev.sinter.ir.schedule.TunedKernel;
import dev.sinter.ir.schedule.Tuning;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which measured schedules the planner takes.
class TunedSchedulesTest {
    private static final Target CPU = new Target(
            "cpu", Target.Kind.CPU, 8, 16, 1, 2, 2.6e9, 32, 8L << 30, 15e9, 1 << 20, 32 << 20, 12e-6, Optional.empty());

    private static final Target GPU = new Target(
            "gpu", Target.Kind.GPU, 1, 64, 32, 16, 1e9, 128, 8L << 30, 1e11, 1 << 15, 1 << 20, 5e-6, Optional.empty());

    private static final String ROWS = """
        conv: registers at max_pool 2; ic 3 serial, kh 3 serial, kw 3 serial, h demand unroll, w demand unroll
        relu: inline
        max_pool: buffer; c 8 global 1, h 6 global 0, kh 2 unroll, kw 2 unroll, w 6 unroll
        """;

    /// The same layers, under names that are given.
    private static Graph graph(String x, String conv, String pool, long columns) {
        return GraphParser.parse("""
            sinter.graph 1
            graph small {
              %%%1$s: f32[1,3,12,%4$d] = input
              %%w: f32[8,3,3,3] = constant random 1
              %%b: f32[8] = constant random 2
              %%h = conv(%%%1$s, %%w, %%b) pads=[1,1,1,1] @%2$s
              %%r = relu(%%h)
              %%p = max_pool(%%r) kernel=[2,2] strides=[2,2] @%3$s
              return %%p
            }
            """.formatted(x, conv, pool, columns), "small.sir");
    }

    private static final Graph SMALL = graph("x", "conv1", "pool1", 12);

    private static Plan plan(Graph graph, Target target, CompileOptions options) {
        return Sinter.program(graph, target, options).plan();
    }

    private static Step step(Graph graph, Target target) {
        return plan(graph, target, CompileOptions.DEFAULT).steps().getFirst();
    }

    private static CompileOptions tuned(String form, String text) {
        return CompileOptions.DEFAULT.withTuning(Tuning.of(List.of(TunedKernel.of(form, "by hand", text))));
    }

    private static String text(Step step) {
        return ScheduleText.print(step.group(), step.schedule(), TensorNames.numbered(step.group()));
    }

    @Test
    void a_schedule_for_the_form_is_taken_and_said() {
        Step own = step(SMALL, CPU);
        Plan plan = plan(SMALL, CPU, tuned(own.form(), ROWS));
        Step step = plan.steps().getFirst();
        assertAll(
                () -> assertNotEquals(ROWS.strip(), text(own)),
                () -> assertEquals(ROWS.strip(), text(step)),
                () -> assertEquals(Optional.of(new Place("tuner", 1, 1)), step.tunedAt()),
                () -> assertEquals(Optional.empty(), step.writtenAt()),
                () -> assertEquals(List.of(), plan.unfit()));
    }

    @Test
    void the_form_is_that_of_the_layers_whatever_they_are_called() {
        String form = step(SMALL, CPU).form();
        assertEquals(form, step(graph("image", "first", "last", 12), CPU).form());
        assertNotEquals(form, step(graph("x", "conv1", "pool1", 14), CPU).form());
        // In files, so it must never change without need.
        assertEquals("cad461e60a2e9ed0", form);
    }

    @Test
    void without_tuning_or_with_another_policy_none_is_taken() {
        Step own = step(SMALL, CPU);
        CompileOptions options = tuned(own.form(), ROWS);
        assertEquals(
                text(own),
                text(plan(SMALL, CPU, options.withoutTuning()).steps().getFirst()));
        assertEquals(
                text(own),
                text(plan(SMALL, CPU, options.withPolicy(Policy.of(CPU)))
                        .steps()
                        .getFirst()));
    }

    @Test
    void a_schedule_that_somebody_wrote_goes_before_it() {
        Step own = step(SMALL, CPU);
        String written = ROWS.replace("6 unroll", "3:2 serial, w 2 unroll");
        Step step = plan(
                        SMALL,
                        CPU,
                        tuned(own.form(), ROWS)
                                .withSchedules(
                                        ScheduleFile.parse("sinter.schedule 1\nstep pool1\n" + written, "s.txt")))
                .steps()
                .getFirst();
        assertEquals(written.strip(), text(step));
        assertEquals(Optional.empty(), step.tunedAt());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        relu: inline | abs: inline | it has a stage that conv[1,8,12,12]/[3,3,3] relu[1,8,12,12] max_pool[1,8,6,6]/[2,2] does not have
        kw 3 serial  | kx 3 serial | found axis kx but stage conv has
        w 6 unroll   | w 5 unroll  | max_pool loops over w cover 5 of 6; a stage's loops cover what is demanded
        relu: inline | # none      | relu the step has no line for it; every stage has a plan
        """)
    void one_that_does_not_fit_is_passed_over_with_a_reason(String right, String wrong, String reason) {
        Step own = step(SMALL, CPU);
        Plan plan = plan(SMALL, CPU, tuned(own.form(), ROWS.replace(right, wrong)));
        assertEquals(text(own), text(plan.steps().getFirst()));
        assertEquals(1, plan.unfit().size());
        assertTrue(plan.unfit().getFirst().reason().startsWith(reason), plan.unfit()::toString);
    }

    @Test
    void after_one_that_does_not_fit_the_next_is_tried() {
        String form = step(SMALL, CPU).form();
        TunedKernel wrong = TunedKernel.of(form, "", ROWS.replace("relu", "abs"));
        TunedKernel right = TunedKernel.of(form, "", ROWS);
        Plan plan = plan(SMALL, CPU, CompileOptions.DEFAULT.withTuning(Tuning.of(List.of(wrong, right))));
        assertEquals(ROWS.strip(), text(plan.steps().getFirst()));
        assertEquals(1, plan.unfit().size());
    }

    /// On a GPU reading a tensor is a stage, whose name must not be the network's.
    @Test
    void stages_that_read_tensors_are_found_in_another_network() {
        Step own = step(graph("x", "conv1", "pool1", 12), GPU);
        assertTrue(text(own).contains("load(x0)"), () -> text(own));
        Step other = plan(graph("image", "first", "last", 12), GPU, tuned(own.form(), text(own)))
                .steps()
                .getFirst();
        assertEquals(text(own), text(other));
        assertTrue(other.tunedAt().isPresent());
    }

    /// Another algorithm has other stages, and needs other constants.
    @Test
    void a_schedule_says_by_its_stages_which_algorithm_it_is_for() {
        Graph graph = GraphParser.parse("""
            sinter.graph 1
            graph wide {
              %x: f32[1,32,28,28] = input
              %w: f32[32,32,3,3] = constant random 1
              %h = conv(%x, %w) pads=[1,1,1,1] @conv1
              return %h
            }
            """, "wide.sir");
        Ranking ranking = Planner.ranking(graph, CPU, true, "conv1");
        String form = step(graph, CPU).form();
        List<String> texts = ranking.divisions().stream()
                .filter(division -> division.seconds() < Double.POSITIVE_INFINITY)
                .map(division -> ScheduleText.print(
                        division.cheapest().group(),
                        division.cheapest().schedule(),
                        TensorNames.numbered(division.cheapest().group())))
                .toList();
        assertTrue(texts.stream().anyMatch(text -> text.contains("winograd")), texts::toString);
        assertTrue(texts.stream().anyMatch(text -> !text.contains("winograd")), texts::toString);
        for (String text : texts) {
            Step step = plan(graph, CPU, tuned(form, text)).steps().getFirst();
            assertEquals(text, text(step));
            assertEquals(form, step.form());
        }
    }
}
