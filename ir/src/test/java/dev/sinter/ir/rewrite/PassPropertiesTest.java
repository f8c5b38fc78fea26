package dev.sinter.ir.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.interp.Judge;
import dev.sinter.ir.interp.Judgement;
import dev.sinter.ir.interp.Verdict;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PassPropertiesTest {
    @Property(tries = 200)
    void every_value_that_the_pipeline_keeps_means_what_it_meant(@ForAll long seed) {
        Graph imported = RandomNetworks.network(seed);
        Graph compiled = StandardPasses.pipeline().run(imported, Trace.silent());
        Map<Value, Value> kept = Provenance.of(imported, compiled).byImported();
        Map<Value, Tensor> inputs = inputs(imported);
        Map<Value, TensorView> before = new Interpreter(imported, Rounding.serial()).between(inputs, kept.keySet());
        Map<Value, TensorView> after = new Interpreter(compiled, Rounding.serial()).between(inputs, kept.values());
        kept.forEach((value, keptValue) -> {
            TensorView expected = view(before, value);
            TensorView found = view(after, keptValue);
            for (long i = 0; i < value.type().shape().elements(); i++) {
                long at = i;
                assertTrue(
                        overlap(expected.get(i), found.get(i)),
                        () -> value + " as " + keptValue + " at " + at + ": " + expected.get(at) + " became "
                                + found.get(at) + "\n" + GraphPrinter.print(imported) + GraphPrinter.print(compiled));
            }
        });
    }

    @Property(tries = 200)
    void a_device_that_runs_the_compiled_network_is_judged_right_by_the_imported_one(@ForAll long seed) {
        Graph imported = RandomNetworks.network(seed);
        Graph compiled = StandardPasses.pipeline().run(imported, Trace.silent());
        Map<Value, Tensor> device = device(compiled);
        Provenance provenance = Provenance.of(imported, compiled);
        for (Value wanted : provenance.shared()) {
            if (compiled.producer(wanted).isEmpty()) {
                continue;
            }
            Map<Value, Tensor> known = new HashMap<>();
            provenance.byImported().forEach((value, kept) -> {
                if (kept != wanted) {
                    known.put(value, tensor(device, kept));
                }
            });
            Judgement judgement = new Judge(Rounding.serial())
                    .judge(
                            tensor(device, wanted),
                            rounding -> oracle(imported, provenance.folded(), known, rounding, wanted));
            assertEquals(
                    Verdict.PASSED,
                    judgement.verdict(),
                    () -> wanted + ": " + judgement + "\n" + GraphPrinter.print(imported)
                            + GraphPrinter.print(compiled));
        }
    }

    /// What `wanted` ought to be if the constants in `folded` may have been rounded.
    private static TensorView oracle(
            Graph graph, Set<Value> folded, Map<Value, Tensor> known, Rounding rounding, Value wanted) {
        Map<Value, TensorView> views = new HashMap<>();
        graph.constants().forEach((value, tensor) -> views.put(value, TensorView.of(tensor)));
        known.forEach((value, tensor) -> views.put(value, TensorView.of(tensor)));
        for (Value constant : folded) {
            views.put(constant, rounded(view(views, constant), rounding));
        }
        for (Node node : graph.nodes()) {
            if (!views.containsKey(node.output())) {
                TensorView output = TensorView.allocate(node.output().type());
                node.op()
                        .evaluate(
                                rounding,
                                node.inputs().stream()
                                        .map(input -> view(views, input))
                                        .toList(),
                                List.of(output));
                views.put(node.output(), output);
            }
        }
        return view(views, wanted);
    }

    private static TensorView rounded(TensorView exact, Rounding rounding) {
        TensorView view = TensorView.allocate(exact.type());
        for (long i = 0; i < exact.type().shape().elements(); i++) {
            double unit = rounding.unit(exact.type().element());
            view.set(i, exact.value(i), unit * Math.abs(exact.value(i)));
        }
        return view;
    }

    @Property(tries = 200)
    void the_imported_network_says_what_each_compiled_node_yields_from_what_it_reads(@ForAll long seed) {
        Graph imported = RandomNetworks.network(seed);
        Graph compiled = StandardPasses.pipeline().run(imported, Trace.silent());
        Map<Value, Tensor> device = device(compiled);
        Provenance provenance = Provenance.of(imported, compiled);
        for (Value wanted : provenance.shared()) {
            Set<Value> read = new HashSet<>();
            compiled.producer(wanted).ifPresent(node -> addRead(node, compiled, provenance, read));
            Map<Value, Tensor> known = new HashMap<>();
            provenance.byImported().forEach((value, kept) -> {
                if (read.contains(kept)) {
                    known.put(value, tensor(device, kept));
                }
            });
            if (!read.isEmpty()) {
                new Interpreter(imported, Rounding.none()).between(known, wanted);
            }
        }
    }

    /// What the imported graph has of what `node` reads, or of what that was made from.
    private static void addRead(Node node, Graph compiled, Provenance provenance, Set<Value> read) {
        for (Value input : node.inputs()) {
            if (provenance.isImported(input)) {
                read.add(input);
            } else {
                compiled.producer(input).ifPresent(above -> addRead(above, compiled, provenance, read));
            }
        }
    }

    @Property(tries = 200)
    void a_second_run_of_the_pipeline_changes_nothing(@ForAll long seed) {
        Graph once = StandardPasses.pipeline().run(RandomNetworks.network(seed), Trace.silent());
        assertSame(once, StandardPasses.pipeline().run(once, Trace.silent()), () -> GraphPrinter.print(once));
    }

    private static Map<Value, Tensor> inputs(Graph graph) {
        Map<Value, Tensor> tensors = new HashMap<>();
        graph.inputs().forEach(input -> tensors.put(input, RandomTensors.uniform(input.type(), -1, 1, 42)));
        return tensors;
    }

    /// What a device yields that rounds every value once.
    private static Map<Value, Tensor> device(Graph graph) {
        Map<Value, Tensor> tensors = inputs(graph);
        tensors.putAll(graph.constants());
        Interpreter interpreter = new Interpreter(graph, Rounding.none());
        for (Node node : graph.nodes()) {
            tensors.put(
                    node.output(), interpreter.between(tensors, node.output()).rounded());
        }
        return tensors;
    }

    private static TensorView view(Map<Value, TensorView> views, Value value) {
        return Objects.requireNonNull(views.get(value));
    }

    private static Tensor tensor(Map<Value, Tensor> tensors, Value value) {
        return Objects.requireNonNull(tensors.get(value));
    }

    /// True if one number may be what a correct kernel yields for both.
    private static boolean overlap(Bounded a, Bounded b) {
        if (a.isUnknown() || b.isUnknown() || Double.compare(a.value(), b.value()) == 0) {
            return true;
        }
        return Math.abs(a.value() - b.value()) <= a.bound() + b.bound();
    }
}
