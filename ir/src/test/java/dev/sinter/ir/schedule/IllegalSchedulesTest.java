package dev.sinter.ir.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.lower.Lowering;
import dev.sinter.ir.plan.Fusion;
import dev.sinter.ir.schedule.Legality.Illegal;
import dev.sinter.ir.type.TensorType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every rule is broken once, and says so.
class IllegalSchedulesTest {
    private static final String POOLED = """
        sinter.graph 1
        graph pooled {
        %x: f32[1,8,8,8] = input
        %w: f32[16,8,3,3] = input
        %c = conv(%x, %w) strides=[1,1] pads=[1,1,1,1]
        %r = relu(%c)
        %y = max_pool(%r) kernel=[2,2] strides=[2,2]
        return %y
        }
        """;

    private static final String SOFTMAX = """
        sinter.graph 1
        graph rows {
        %x: f32[4,16] = input
        %y = softmax(%x) axis=1
        return %y
        }
        """;

    private static final String LEGAL = """
        max_pool: buffer; c 16 global 1, h 4 global 0, w 4 serial, kh 2 serial, kw 2 serial
        relu: inline
        conv: registers at max_pool 3; ic 8 serial, kh 3 serial, kw 3 serial, c demand serial, h demand serial, w demand serial
        """;

    /// Rules that no text for this network can break.
    private static final Set<ScheduleRule> BY_HAND =
            EnumSet.of(ScheduleRule.OWN_AXES, ScheduleRule.A_BOX, ScheduleRule.IN_SCOPE, ScheduleRule.STORED_ONCE);

    private static Group group(String network) {
        return Fusion.clusters(GraphParser.parse(network, "network"), true, Target.Limits.COMMON)
                .clusters()
                .getFirst()
                .group();
    }

    private static Optional<Illegal> firstBroken(Group group, Schedule schedule) {
        return Kernels.of(group, schedule::stores).parts().stream()
                .map(part -> Lowering.check(
                        part, schedule, source -> Layout.rowMajor(source.type().shape())))
                .flatMap(verdict -> switch (verdict) {
                    case Illegal illegal -> Stream.of(illegal);
                    case Demand _ -> Stream.empty();
                })
                .findFirst();
    }

    private static Illegal broken(Group group, Schedule schedule) {
        return firstBroken(group, schedule).orElseThrow(() -> new AssertionError("it is legal"));
    }

    /// The legal schedule with other lines for some stages; a line `relu: none` takes one away.
    private static Illegal brokenBy(String lines) {
        Group plain = group(POOLED);
        Group group = lines.contains("load(x)")
                ? Staging.of(plain, Set.of(plain.sources().iterator().next()), Set.of())
                        .group()
                : plain;
        StringBuilder text = new StringBuilder();
        List<String> changed = Arrays.stream(lines.split(" / ")).toList();
        for (String line : LEGAL.lines().toList()) {
            String stage = line.substring(0, line.indexOf(':'));
            String own = changed.stream()
                    .filter(other -> other.startsWith(stage + ":"))
                    .findFirst()
                    .orElse(line);
            text.append(own.endsWith(": none") ? "" : own + "\n");
        }
        changed.stream()
                .filter(line -> line.startsWith("load"))
                .forEach(line -> text.append(line).append('\n'));
        return broken(group, ScheduleText.parse(group, text.toString()));
    }

    @Test
    void what_the_others_change_is_legal() {
        Group group = group(POOLED);
        assertEquals(Optional.empty(), firstBroken(group, ScheduleText.parse(group, LEGAL)));
    }

    @Test
    void single_lanes_of_a_vector_may_be_read() {
        Group group = group(POOLED);
        assertEquals(Optional.empty(), firstBroken(group, ScheduleText.parse(group, """
            max_pool: buffer; c 16 global 1, h 4 global 0, w 4 serial, kh 2 serial, kw 2 serial
            relu: inline
            conv: registers at max_pool 2; ic 8 serial, kh 3 serial, kw 3 serial, h demand serial, w demand serial, c 4 vector
            """)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PLANNED | relu | no plan | relu: none",
                "RESULT_STORED | max_pool | is the result but computed inside of conv | max_pool: registers at conv 0;"
                        + " c 16 serial, h 4 serial, w 4 serial, kh 2 serial, kw 2 serial",
                "INLINE_MAPS | conv | reduces over [ic, kh, kw] | conv: inline",
                "WHOLE_REDUCTION | conv | cover 4 of 8 | conv: registers at max_pool 3; ic 4 serial, kh 3 serial, kw 3"
                        + " serial, c demand serial, h demand serial, w demand serial",
                "COVERED | max_pool | cover 2 of 4 | max_pool: buffer; c 16 global 1, h 2 global 0, w 4 serial, kh 2"
                        + " serial, kw 2 serial",
                "VECTOR_INNERMOST | conv | with loops inside | conv: registers at max_pool 3; ic 8 serial, kh 3 serial,"
                        + " kw 3 serial, c demand serial, w demand vector, h demand serial",
                "VECTOR_LANES | max_pool | 3 iterations | max_pool: buffer; c 16 global 1, h 4 global 0, w 2:3 serial,"
                        + " kh 2 serial, kw 2 serial, w 3 vector",
                "CONSUMER_READS | conv | which has no loops for it | conv: registers at relu 0; ic 8 serial, kh 3"
                        + " serial, kw 3 serial",
                "LOOPS_THERE | conv | inside 9 loops but max_pool has 5 | conv: registers at max_pool 9; ic 8 serial,"
                        + " kh 3 serial, kw 3 serial",
                "WITHIN_WORK_ITEM | conv | in registers outside of the work-items | conv: registers at max_pool 1; ic 8"
                        + " serial, kh 3 serial, kw 3 serial, h demand serial, w demand serial",
                "WITHIN_WORK_GROUP | conv | in local memory outside of the work-groups | conv: local at max_pool 1; ic"
                        + " 8 serial, kh 3 serial, kw 3 serial, h demand serial, w demand serial",
                "PARALLEL_OUTERMOST | max_pool | inside of a loop | max_pool: buffer; c 16 serial, h 4 global 0, w 4"
                        + " serial, kh 2 serial, kw 2 serial",
                "KEPT_BY_STEPS | conv | has other loops over it than one serial loop | conv: registers at max_pool 3"
                        + " kept 2; ic 8 serial, kh 3 serial, kw 3 serial, h demand serial, w demand unroll",
                "ITEMS_THERE | conv | filled by 4 work-items along dimension 0 but its kernel has 1 | conv: local at"
                        + " max_pool 2; h 4 local 0, ic 8 serial, kh 3 serial, kw 3 serial, h demand:4 serial, w demand"
                        + " serial",
                "BARRIER_FOR_ALL | load | has a barrier inside of loops of conv | conv: local at max_pool 2; ic 8"
                        + " serial, kh 3 serial, kw 3 serial, h demand serial, w demand serial / load(x): local at conv"
                        + " 1; x1 demand serial, x2 demand serial, x3 demand serial",
                "SPLIT_BY_ALL | conv | 2 work-items along dimension 0 where its kernel has 4 | max_pool: buffer; c 16"
                        + " global 1, h 4 global 0, w 4 local 0, kh 2 serial, kw 2 serial / conv: local at max_pool 2;"
                        + " ic 2 local 0, ic 4:2 serial, kh 3 serial, kw 3 serial, h demand serial, w demand serial",
                "TAIL_IN_TURN | max_pool | to be peeled off | max_pool: buffer; c 16 global 1, h 2:3 global 0 peel, w 4"
                        + " serial, kh 2 serial, kw 2 serial, h 3 serial",
                "LANES_AGREE | max_pool | differs between the lanes | max_pool: buffer; c 16 global 1, h 4 global 0,"
                        + " kh 2 serial, kw 2 serial, w 4 vector / conv: registers at max_pool 2; ic 8 serial, kh 3"
                        + " serial, kw 3 serial, h demand serial, w demand serial",
                "LANES_MATCH | conv | is read by the lanes of max_pool | max_pool: buffer; c 16 global 1, h 4 global 0,"
                        + " kh 2 serial, kw 2 serial, w 4 vector / conv: registers at max_pool 2; ic 8 serial, kh 3"
                        + " serial, kw 3 serial, h demand serial, w 2:4 unroll, w 4 vector",
                "CHANNEL_ORDER | max_pool | not a stage that keeps just that | relu: channel 4; c 16 serial, h 8"
                        + " serial, w 8 serial / conv: registers at relu 3; ic 8 serial, kh 3 serial, kw 3 serial"
            })
    void a_rule_that_is_broken_is_named_with_stage_and_numbers(
            ScheduleRule rule, String stage, String fact, String lines) {
        Illegal illegal = brokenBy(lines);
        assertEquals(rule, illegal.rule(), illegal::toString);
        assertEquals(stage, illegal.stage().name(), illegal::toString);
        assertTrue(illegal.fact().contains(fact), illegal::toString);
        assertTrue(
                illegal.fault().getMessage().contains(rule.sentence()),
                () -> illegal.fault().getMessage());
    }

    @Test
    void a_stage_is_read_inside_of_the_loops_that_compute_it() {
        Group group = group(SOFTMAX);
        Illegal illegal = broken(group, ScheduleText.parse(group, """
            softmax_max: registers at softmax_sum 0; i1 16 serial
            softmax_sum: registers at softmax 1; i1 16 serial
            softmax: buffer; i0 4 serial, i1 16 serial
            """));
        assertEquals(ScheduleRule.IN_SCOPE, illegal.rule(), illegal::toString);
        assertTrue(illegal.fact().contains("read by softmax outside of them"), illegal::toString);
    }

    @Test
    void a_loop_over_the_axis_of_another_stage() {
        Group group = group(SOFTMAX);
        Schedule legal = ScheduleText.parse(group, """
            softmax_max: registers at softmax 1; i1 16 serial
            softmax_sum: registers at softmax 1; i1 16 serial
            softmax: buffer; i0 4 serial, i1 16 serial
            """);
        assertEquals(Optional.empty(), firstBroken(group, legal));
        Map<Stage, StagePlan> plans = new LinkedHashMap<>(legal.plans());
        StagePlan own = legal.plan(group.root());
        List<Loop> loops = List.of(own.loops().getFirst(), Loop.over(new Axis("k", 16), LoopKind.SERIAL));
        plans.put(group.root(), new StagePlan(own.placement(), loops));
        assertEquals(ScheduleRule.OWN_AXES, broken(group, new Schedule(plans)).rule());
    }

    @Test
    void what_is_read_from_two_ends_is_no_box() {
        Value x = new Value("x", TensorType.float32(8));
        Axis inner = new Axis("a", 8);
        Stage twice = Stage.map(
                "twice",
                List.of(inner),
                Access.of(x).at(Index.of(inner)).plus(Access.of(x).at(Index.of(inner))));
        Axis outer = new Axis("i", 8);
        Index there = Index.of(outer);
        Expr both = new Expr.Call(twice, List.of(there))
                .plus(new Expr.Call(twice, List.of(Index.of(7).minus(there))));
        Stage root = Stage.map("ends", List.of(outer), both);
        Group group = Group.of("ends", new Value("y", TensorType.float32(8)), root);
        Illegal illegal = broken(group, ScheduleText.parse(group, """
            twice: registers at ends 1; a demand serial
            ends: buffer; i 8 serial
            """));
        assertEquals(ScheduleRule.A_BOX, illegal.rule(), illegal::toString);
    }

    /// Windows of a tensor that is a result too: those that stand side by side store it once.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8 | 2 | 0 | ",
                "9 | 3 | 0 | in parts of 3 that are 2 apart",
                "10 | 2 | 0 | up to 8 of 10",
                "9 | 2 | 1 | from 2*i + 1 on",
            })
    void what_is_stored_inside_of_loops_is_all_of_a_result_once(long extent, long window, long from, String fact) {
        Value x = new Value("x", TensorType.float32(extent));
        Axis inner = new Axis("a", extent);
        Stage twice = Stage.map(
                "twice",
                List.of(inner),
                Access.of(x).at(Index.of(inner)).plus(Access.of(x).at(Index.of(inner))));
        Axis outer = new Axis("i", 4);
        Axis along = new Axis("k", window);
        Index at = Index.of(outer).times(2).plus(Index.of(along)).plus(from);
        Stage sums = Stage.sum("sums", List.of(outer), List.of(along), new Expr.Call(twice, List.of(at)));
        Map<Stage, Source> outputs = new LinkedHashMap<>();
        outputs.put(twice, new Value("t", TensorType.float32(extent)));
        outputs.put(sums, new Value("y", TensorType.float32(4)));
        Group group = Group.of("sums", outputs);
        Optional<Illegal> broken = firstBroken(group, ScheduleText.parse(group, """
            twice: registers at sums 1; a demand serial
            sums: buffer; i 4 global 0, k %d serial
            """.formatted(window)));
        assertEquals(
                fact == null ? Optional.empty() : Optional.of(ScheduleRule.STORED_ONCE), broken.map(Illegal::rule));
        assertTrue(broken.isEmpty() || broken.get().fact().contains(fact), broken::toString);
    }

    @Test
    void no_rule_is_left_out() throws NoSuchMethodException {
        Set<ScheduleRule> shown = EnumSet.copyOf(BY_HAND);
        CsvSource rows = IllegalSchedulesTest.class
                .getDeclaredMethod(
                        "a_rule_that_is_broken_is_named_with_stage_and_numbers",
                        ScheduleRule.class,
                        String.class,
                        String.class,
                        String.class)
                .getAnnotation(CsvSource.class);
        for (String row : rows.value()) {
            shown.add(ScheduleRule.valueOf(row.substring(0, row.indexOf(' '))));
        }
        assertEquals(EnumSet.allOf(ScheduleRule.class), shown);
    }
}
