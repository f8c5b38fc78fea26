package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Stages that are scheduled together to compute one tensor, or a few.
///
/// @param name for kernels and reports
/// @param output the tensor that the last stage computes
/// @param stages callees before callers, the root last
/// @param others the tensors that other stages compute, if there are any
public record Group(String name, Source output, List<Stage> stages, Map<Stage, Source> others) {
    public Group {
        stages = List.copyOf(stages);
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    }

    public Group(String name, Source output, List<Stage> stages) {
        this(name, output, stages, Map.of());
    }

    /// The group of `root` and all that it calls.
    public static Group of(String name, Source output, Stage root) {
        Set<Stage> ordered = new LinkedHashSet<>();
        collect(root, ordered);
        return new Group(name, output, new ArrayList<>(ordered));
    }

    /// The group of several stages, each of which computes a tensor, and of all that they call.
    ///
    /// @param outputs stages and what they compute; one that no other calls is the root
    public static Group of(String name, Map<Stage, Source> outputs) {
        Stage root = outputs.keySet().stream()
                .filter(stage -> outputs.keySet().stream().noneMatch(other -> other != stage && calls(other, stage)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no output"));
        Set<Stage> ordered = new LinkedHashSet<>();
        Map<Stage, Source> others = new LinkedHashMap<>(outputs);
        others.remove(root);
        others.keySet().forEach(stage -> collect(stage, ordered));
        collect(root, ordered);
        return new Group(name, Expect.present(outputs.get(root), root), new ArrayList<>(ordered), others);
    }

    private static boolean calls(Stage caller, Stage stage) {
        Set<Stage> called = new LinkedHashSet<>();
        collect(caller, called);
        return called.contains(stage);
    }

    private static void collect(Stage stage, Set<Stage> ordered) {
        if (ordered.contains(stage)) {
            return;
        }
        for (Stage callee : callees(stage)) {
            collect(callee, ordered);
        }
        ordered.add(stage);
    }

    public Stage root() {
        return stages.getLast();
    }

    /// The tensors that are wanted outside, by the stages that compute them, the root's last.
    public Map<Stage, Source> results() {
        Map<Stage, Source> results = new LinkedHashMap<>(others);
        results.put(root(), output);
        return results;
    }

    /// The stages that compute tensors which are wanted outside, the root last.
    public Set<Stage> outputs() {
        return results().keySet();
    }

    /// The stages that `stage` calls directly, each once.
    public static Set<Stage> callees(Stage stage) {
        Set<Stage> callees = new LinkedHashSet<>();
        for (Expr expr : expressions(stage)) {
            visit(expr, inner -> {
                if (inner instanceof Expr.Call(Stage callee, _)) {
                    callees.add(callee);
                }
            });
        }
        return callees;
    }

    /// The tensors that the group reads, each once.
    public Set<Source> sources() {
        Set<Source> sources = new LinkedHashSet<>();
        for (Stage stage : stages) {
            for (Expr expr : expressions(stage)) {
                collectSources(expr, sources);
            }
        }
        return sources;
    }

    private static void collectSources(Expr expr, Set<Source> sources) {
        visit(expr, inner -> {
            if (inner instanceof Expr.Read(Source source, _)) {
                sources.add(source);
            }
        });
        expr.indices().flatMap(Index::loaded).forEach(loaded -> collectSources(loaded.value(), sources));
    }

    /// Every formula of a stage.
    public static List<Expr> expressions(Stage stage) {
        List<Expr> all = new ArrayList<>();
        for (Stage.Accumulator accumulator : stage.accumulators()) {
            all.add(accumulator.init());
            all.add(accumulator.update());
        }
        all.add(stage.finish());
        return all;
    }

    /// Calls `visitor` for `expr` and everything inside it; once for what stands in several places as one object.
    public static void visit(Expr expr, Consumer<Expr> visitor) {
        visit(expr, visitor, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static void visit(Expr expr, Consumer<Expr> visitor, Set<Expr> seen) {
        if (seen.add(expr)) {
            visitor.accept(expr);
            expr.operands().forEach(operand -> visit(operand, visitor, seen));
        }
    }
}
