package dev.sinter.ir.rewrite;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.diag.NearestNames;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Passes in the order in which they run. After each, the graph is verified and the trace is told.
///
/// @param rounds how often the list is run at most; a round that changes nothing is the last
public record Pipeline(List<Step> steps, int rounds) {
    private static final int ROUNDS_UNTIL_STABLE = 16;

    /// One pass and what it does, in words.
    public record Step(String sentence, Pass pass) {
        public String name() {
            return pass.name();
        }
    }

    /// Is told of each step, for example to print the graph after it.
    @FunctionalInterface
    public interface Observer {
        /// @param changed false if `graph` is the very graph that the step was given
        void after(Step step, Graph graph, boolean changed);

        /// An observer of those steps only whose pass has this name.
        default Observer onlyAfter(String pass) {
            return (step, graph, changed) -> {
                if (step.name().equals(pass)) {
                    after(step, graph, changed);
                }
            };
        }
    }

    public Pipeline {
        steps = List.copyOf(steps);
    }

    /// A pipeline without passes, which runs once.
    public static Pipeline empty() {
        return new Pipeline(List.of(), 1);
    }

    public Pipeline then(String sentence, Pass pass) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(new Step(sentence, pass));
        return new Pipeline(longer, rounds);
    }

    public Pipeline then(String sentence, Rule rule) {
        return then(sentence, new RulePass(rule));
    }

    /// The same list, run again until it changes nothing more: what one pass does may give an earlier one work.
    public Pipeline untilStable() {
        return new Pipeline(steps, ROUNDS_UNTIL_STABLE);
    }

    /// The passes' short names, each once.
    public List<String> names() {
        return steps.stream().map(Step::name).distinct().toList();
    }

    /// The step whose pass has this name.
    ///
    /// @throws CompileException if there is none; it lists those there are
    public Step step(String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    String near = NearestNames.hint(name, names()).orElse(null);
                    return new CompileException(
                            Code.OPTION,
                            "pass",
                            "'" + name + "' is not a pass; there are " + String.join(", ", names()),
                            near);
                });
    }

    /// Only these passes, in this order, once.
    ///
    /// @throws CompileException if one is not known
    public Pipeline only(List<String> names) {
        return new Pipeline(names.stream().map(this::step).toList(), 1);
    }

    /// Runs all passes. Reports one event of category `pass` for each, named as the pass, with the details `does` (the
    /// sentence), `round`, `nodes before`, `nodes after` and `result` (`changed` or `unchanged`).
    ///
    /// @throws CompileException if the graph is not valid to begin with
    /// @throws CompilerFault if a pass fails or leaves a graph that is not valid; it names the pass
    public Graph run(Graph graph, Trace trace, Observer... observers) {
        Verifier.verify(graph);
        Graph before = graph;
        for (int round = 1; round <= rounds; round++) {
            Graph after = before;
            for (Step step : steps) {
                after = run(step, round, after, trace, observers);
            }
            if (after == before) {
                return after;
            }
            before = after;
        }
        return before;
    }

    private static Graph run(Step step, int round, Graph before, Trace trace, Observer... observers) {
        long start = System.nanoTime();
        Graph after = applied(step.pass(), before);
        boolean changed = after != before;
        trace.report(new Trace.Event(
                "pass",
                step.name(),
                start,
                System.nanoTime(),
                Map.of(
                        "does", step.sentence(),
                        "round", String.valueOf(round),
                        "nodes before", String.valueOf(before.nodes().size()),
                        "nodes after", String.valueOf(after.nodes().size()),
                        "result", changed ? "changed" : "unchanged")));
        for (Observer observer : observers) {
            observer.after(step, after, changed);
        }
        return after;
    }

    private static Graph applied(Pass pass, Graph before) {
        Graph after;
        try {
            after = pass.apply(before);
        } catch (RuntimeException fault) {
            throw new CompilerFault("pass " + pass.name() + " failed on " + before.name() + ": " + fault, fault);
        }
        if (after == before) {
            return after;
        }
        if (!after.inputs().equals(before.inputs()) || !after.outputs().equals(before.outputs())) {
            throw new CompilerFault("pass " + pass.name() + " changed the inputs or outputs of " + before.name());
        }
        try {
            Verifier.verify(after);
        } catch (CompileException invalid) {
            throw new CompilerFault("pass " + pass.name() + " left an invalid graph: " + invalid.getMessage(), invalid);
        }
        return after;
    }
}
