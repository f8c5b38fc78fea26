package dev.sinter.tests.fuzz;

import static java.util.stream.Collectors.joining;

import dev.sinter.frontend.Model;
import dev.sinter.frontend.OnnxExport;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.interp.Verdict;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.WinogradConv;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.ExactNetwork;
import dev.sinter.ir.verify.StepVerdict;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// Holds one network's results against each other: ONNX Runtime's, the oracle's, and those of devices.
@NullMarked
final class Check {
    /// How much of a stack trace is told.
    private static final int FRAMES = 8;

    /// That of `sinter verify --exact`.
    private static final long SEED = 1;

    private static final String IMPORT = "import";
    private static final String EXPORT = "export";
    private static final String TEXT = "IR text";
    private static final String ORACLE = "oracle";

    private final FuzzNetwork network;
    private final Map<String, Tensor> inputs;
    private final Map<String, Tensor> reference;
    private final List<Failure> failures = new ArrayList<>();

    private Check(FuzzNetwork network, Map<String, Tensor> reference) {
        this.network = network;
        this.inputs = ReferenceRun.inputs(network);
        this.reference = reference;
    }

    /// All that goes wrong with a network; nothing where ONNX Runtime refuses it, since it is then not valid.
    static List<Failure> of(FuzzNetwork network, List<Subject> subjects) {
        Optional<Map<String, Tensor>> reference = ReferenceRun.of(network);
        if (reference.isEmpty()) {
            return List.of();
        }
        Check check = new Check(network, reference.get());
        check.run(subjects);
        return check.failures;
    }

    private void run(List<Subject> subjects) {
        Graph graph;
        try {
            graph = Model.parse(network.model(), "fuzz").graph();
        } catch (CompileException refusal) {
            failures.add(
                    new Failure(Failure.Kind.REFUSED, IMPORT, refusal.code().text(), refusal.getMessage()));
            return;
        } catch (RuntimeException | StackOverflowError fault) {
            failures.add(fault(IMPORT, fault));
            return;
        }
        Optional<Map<String, TensorView>> oracle = oracle(graph);
        oracle.flatMap(views -> theirs(views, reference))
                .ifPresent(far -> failures.add(new Failure(Failure.Kind.REFERENCE, ORACLE, "", far)));
        guarded(TEXT, () -> text(graph));
        guarded(EXPORT, () -> export(graph, oracle));
        guarded(EXPORT, () -> batch(new BatchCheck(network, graph)));
        for (Subject subject : subjects) {
            guarded(subject.name(), () -> {
                if (subject.exact()) {
                    exactly(graph, subject);
                } else {
                    device(graph, subject, oracle);
                }
            });
        }
    }

    private Optional<Map<String, TensorView>> oracle(Graph graph) {
        try {
            Map<String, TensorView> byName = new LinkedHashMap<>();
            new Interpreter(graph, Rounding.serial(), graph.constants().keySet())
                    .evaluate(inputs)
                    .forEach((value, view) -> byName.put(value.name(), view));
            return Optional.of(byName);
        } catch (RuntimeException fault) {
            failures.add(fault(ORACLE, fault));
            return Optional.empty();
        }
    }

    private void guarded(String where, Runnable check) {
        try {
            check.run();
        } catch (RuntimeException | StackOverflowError | AssertionError fault) {
            failures.add(fault(where, fault));
        }
    }

    private static Failure fault(String where, Throwable fault) {
        String sort = fault instanceof CompileException refusal
                ? refusal.code().text()
                : fault.getClass().getSimpleName();
        Failure.Kind kind = fault instanceof CompileException ? Failure.Kind.REFUSED : Failure.Kind.FAULT;
        String at = Stream.of(fault.getStackTrace())
                .limit(FRAMES)
                .map(frame -> "\n    at " + frame)
                .collect(joining());
        return new Failure(kind, where, sort, fault + at);
    }

    private void text(Graph graph) {
        String printed = GraphPrinter.print(graph);
        String again = GraphPrinter.print(GraphParser.parse(printed, "fuzz"));
        if (!printed.equals(again)) {
            failures.add(new Failure(Failure.Kind.WRITTEN, TEXT, "", "printed, parsed and printed again it differs"));
        }
    }

    /// What is exported means the same to ONNX Runtime, and to us if it is imported again.
    private void export(Graph graph, Optional<Map<String, TensorView>> oracle) {
        byte[] exported;
        try {
            exported = OnnxExport.of(graph);
        } catch (CompileException refusal) {
            if (refusal.code() != Code.ONNX_OPERATOR) {
                throw refusal;
            }
            return;
        }
        Graph again = Model.parse(exported, "again").graph();
        Map<String, Tensor> before = Interpreter.run(graph, inputs);
        Map<String, Tensor> after = Interpreter.run(again, inputs);
        // What is known is computed by the importer, which rounds at each node.
        before.forEach((name, tensor) -> {
            if (!network.isFolded() && !alike(tensor, Objects.requireNonNull(after.get(name), name))) {
                failures.add(new Failure(
                        Failure.Kind.WRITTEN,
                        EXPORT,
                        "imported",
                        name + " is another tensor once exported and imported"));
            }
        });
        Optional<Map<String, Tensor>> results = ExportedRun.of(exported, inputs);
        oracle.flatMap(views -> results.flatMap(tensors -> theirs(views, tensors)))
                .ifPresent(far -> failures.add(new Failure(Failure.Kind.WRITTEN, EXPORT, "run", far)));
    }

    /// The same numbers; the sign of NaN is anybody's.
    private static boolean alike(Tensor a, Tensor b) {
        return a.type().equals(b.type())
                && LongStream.range(0, a.shape().elements())
                        .allMatch(i -> Double.compare(a.get(i), b.get(i)) == 0 && a.getLong(i) == b.getLong(i));
    }

    private void batch(BatchCheck check) {
        if (check.applies()) {
            check.imported().ifPresent(far -> failures.add(new Failure(Failure.Kind.BATCH, IMPORT, "", far)));
            check.exported().ifPresent(far -> failures.add(new Failure(Failure.Kind.BATCH, EXPORT, "", far)));
        }
    }

    /// Where ONNX Runtime is too far off.
    private Optional<String> theirs(Map<String, TensorView> oracle, Map<String, Tensor> results) {
        Closeness closeness = network.isFolded() || network.isNarrow() ? Closeness.ROUGHLY_THEIRS : Closeness.THEIRS;
        // ONNX Runtime leaves out a rounding to half precision whose result it then computes with in single.
        boolean unclear = network.isWild() || network.isNarrow() && network.decides();
        return unclear ? Optional.empty() : closeness.furthest(oracle, results);
    }

    private void exactly(Graph graph, Subject subject) {
        Graph integers = ExactNetwork.of(graph, SEED);
        CompileOptions options = subject.options().apply(integers);
        try (Executable executable = Sinter.compile(integers, subject.device(), options)) {
            Verification.exact(executable, SEED, _ -> {})
                    .firstFailure()
                    .ifPresent(verdict -> failures.add(failure(subject, verdict)));
        }
    }

    private void device(Graph graph, Subject subject, Optional<Map<String, TensorView>> oracle) {
        CompileOptions options = subject.options().apply(graph);
        Graph compiled = subject.rewritten().apply(graph);
        try (Executable executable = Sinter.compile(compiled, subject.device(), options)) {
            VerificationReport report = Verification.bounded(executable, graph, inputs, _ -> {});
            report.firstFailure().ifPresent(verdict -> failures.add(failure(subject, verdict)));
            Map<String, Tensor> first = executable.run(inputs);
            executable.run(inputs).forEach((name, tensor) -> {
                if (!alike(tensor, Objects.requireNonNull(first.get(name)))) {
                    failures.add(new Failure(
                            Failure.Kind.RUN, subject.name(), "again", name + " has other bits in a second run"));
                }
            });
            boolean usual = executable.program().plan().graph().nodes().stream()
                    .noneMatch(node -> node.op() instanceof WinogradConv);
            if (usual && report.passed()) {
                oracle.flatMap(views -> Closeness.OURS.furthest(views, first))
                        .ifPresent(far -> failures.add(new Failure(Failure.Kind.RUN, subject.name(), "whole", far)));
            }
        }
    }

    private static Failure failure(Subject subject, StepVerdict verdict) {
        boolean suspect = verdict.judgement().verdict() == Verdict.SUSPECT;
        return new Failure(
                suspect ? Failure.Kind.SUSPECT : Failure.Kind.WRONG,
                subject.name(),
                "",
                verdict.step().cluster().nodes() + " yields " + names(verdict) + ": " + verdict.judgement());
    }

    private static List<String> names(StepVerdict verdict) {
        return verdict.step().outputs().stream().map(Value::name).toList();
    }
}
