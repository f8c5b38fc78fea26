package dev.sinter.ir.rewrite;

import static dev.sinter.ir.rewrite.PassTexts.graph;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Identity;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private final Graph identityThenRelu = graph("""
        %x: f32[2] = input
        %i = identity(%x)
        %y = relu(%i)
        return %y
        """);

    private record Scripted(String name, UnaryOperator<Graph> script) implements Pass {
        @Override
        public Graph apply(Graph graph) {
            return script.apply(graph);
        }
    }

    @Test
    void the_trace_hears_of_every_pass_and_whether_it_changed_anything() {
        List<Trace.Event> events = new ArrayList<>();
        Pipeline.empty()
                .then("remove identities", new RemoveIdentities())
                .then("fold pads", new FoldPads())
                .run(identityThenRelu, events::add);
        assertEquals(
                List.of("remove-identities", "fold-pads"),
                events.stream().map(Trace.Event::name).toList());
        assertEquals(
                Map.of(
                        "does", "remove identities",
                        "round", "1",
                        "nodes before", "2",
                        "nodes after", "1",
                        "result", "changed"),
                events.getFirst().details());
        assertEquals("unchanged", events.getLast().details().get("result"));
    }

    @Test
    void observers_see_the_graph_after_the_pass_that_they_name() {
        List<Integer> sizes = new ArrayList<>();
        Pipeline.Observer observer =
                (_, graph, changed) -> sizes.add(changed ? graph.nodes().size() : -1);
        StandardPasses.pipeline().run(identityThenRelu, Trace.silent(), observer.onlyAfter("remove-identities"));
        assertEquals(List.of(1, -1), sizes);
    }

    @Test
    void passes_can_be_picked_by_name() {
        Pipeline picked = StandardPasses.pipeline().only(List.of("fold-pads", "fold-constants"));
        assertEquals(List.of("fold-pads", "fold-constants"), picked.names());
        assertSame(identityThenRelu, picked.run(identityThenRelu, Trace.silent()));
    }

    @Test
    void an_unknown_name_is_told_with_those_there_are() {
        CompileException fault = assertThrows(
                CompileException.class, () -> StandardPasses.pipeline().only(List.of("fold-pad")));
        assertEquals(Code.OPTION, fault.code());
        assertTrue(fault.fact().contains("'fold-pad'"), fault.fact());
        assertTrue(fault.fact().contains("remove-identities, eliminate-common"), fault.fact());
        assertEquals("did you mean fold-pads?", fault.hint());
    }

    @Test
    void a_pass_that_leaves_an_invalid_graph_is_named() {
        Pass broken = new Scripted("broken", graph -> graph.with(Map.of(), List.of()));
        CompilerFault fault = assertThrows(
                CompilerFault.class,
                () -> Pipeline.empty().then("break it", broken).run(identityThenRelu, Trace.silent()));
        assertTrue(fault.getMessage().contains("pass broken left an invalid graph"), fault.getMessage());
    }

    @Test
    void a_pass_that_loses_an_output_is_named() {
        Pass broken = new Scripted(
                "broken", graph -> new Graph("g", graph.inputs(), graph.constants(), graph.nodes(), graph.inputs()));
        CompilerFault fault = assertThrows(
                CompilerFault.class,
                () -> Pipeline.empty().then("break it", broken).run(identityThenRelu, Trace.silent()));
        assertTrue(fault.getMessage().contains("pass broken changed the inputs or outputs"), fault.getMessage());
    }

    @Test
    void a_pass_that_fails_is_named() {
        Pass broken = new Scripted("broken", _ -> {
            throw new IllegalStateException("oh");
        });
        CompilerFault fault = assertThrows(
                CompilerFault.class,
                () -> Pipeline.empty().then("break it", broken).run(identityThenRelu, Trace.silent()));
        assertTrue(fault.getMessage().contains("pass broken failed on g"), fault.getMessage());
    }

    /// The example of the document on passes.
    private record NegateTwice() implements Rule {
        @Override
        public String name() {
            return "negate-twice";
        }

        @Override
        public Optional<Patch> apply(Graph graph, Node node) {
            return isNegation(node)
                    ? graph.producer(node.input(0))
                            .filter(NegateTwice::isNegation)
                            .map(above -> Patch.forward(node.output(), above.input(0)))
                    : Optional.empty();
        }

        private static boolean isNegation(Node node) {
            return node.op() instanceof Unary(var kind) && kind == Unary.Kind.NEGATE;
        }
    }

    @Test
    void a_rule_of_ones_own_runs_after_the_others_until_all_are_done() {
        Graph graph = graph("""
            %x: f32[2] = input
            %a = negate(%x)
            %b = identity(%a)
            %c = negate(%b)
            %d = negate(%c)
            %e = negate(%d)
            %y = relu(%e)
            return %y
            """);
        Graph after = StandardPasses.pipeline()
                .then("negate twice for nothing", new NegateTwice())
                .run(graph, Trace.silent());
        assertEquals(1, after.nodes().size());
    }

    @Test
    void a_rule_that_never_stops_matching_is_stopped() {
        Rule restless = new Rule() {
            @Override
            public String name() {
                return "restless";
            }

            @Override
            public Optional<Patch> apply(Graph graph, Node node) {
                return Optional.of(Patch.replace(new Node(node.name(), node.op(), node.inputs(), node.outputs())));
            }
        };
        CompilerFault fault = assertThrows(CompilerFault.class, () -> new RulePass(restless).apply(identityThenRelu));
        assertTrue(fault.getMessage().contains("restless still matches"), fault.getMessage());
    }

    @Test
    void a_patch_that_forgets_an_output_is_refused() {
        Rule forgetful = new Rule() {
            @Override
            public String name() {
                return "forgetful";
            }

            @Override
            public Optional<Patch> apply(Graph graph, Node node) {
                return Optional.of(Patch.replace());
            }
        };
        CompilerFault fault = assertThrows(CompilerFault.class, () -> new RulePass(forgetful).apply(identityThenRelu));
        assertTrue(fault.getMessage().contains("does not say what %i: f32[2] becomes"), fault.getMessage());
    }

    @Test
    void thousands_of_matches_take_no_more_than_a_moment() {
        Graph.Builder builder = Graph.builder("long");
        Value value = builder.input("x", TensorType.float32(2));
        for (int i = 0; i < 20_000; i++) {
            value = builder.add("i" + i, new Identity(), value);
        }
        Graph graph = builder.output(value, value).build();
        assertEquals(
                1, new RulePass(new RemoveIdentities()).apply(graph).nodes().size());
    }
}
