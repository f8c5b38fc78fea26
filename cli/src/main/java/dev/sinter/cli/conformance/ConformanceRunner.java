package dev.sinter.cli.conformance;

import dev.sinter.frontend.BoundModel;
import dev.sinter.frontend.Model;
import dev.sinter.frontend.port.Port;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedSet;

/// Imports cases, runs them and compares.
public record ConformanceRunner(ConformanceSubject subject) {
    private static final String IMPORTER = "ONNX-";

    public CaseResult run(ConformanceCase test) {
        Model model;
        try {
            model = Model.read(test.model(), Trace.silent());
        } catch (CompileException fault) {
            return new CaseResult(test.name(), List.of(), ofImport(fault));
        } catch (RuntimeException fault) {
            return new CaseResult(test.name(), List.of(), CaseOutcome.broken(fault));
        }
        return new CaseResult(test.name(), model.usedOperators(), outcome(test, model));
    }

    private static CaseOutcome ofImport(CompileException fault) {
        return fault.code().text().startsWith(IMPORTER)
                ? new CaseOutcome.Unsupported(fault)
                : CaseOutcome.broken(fault);
    }

    private CaseOutcome outcome(ConformanceCase test, Model model) {
        List<Path> dataSets = test.dataSets();
        if (dataSets.isEmpty()) {
            return new CaseOutcome.Broken("there is no test_data_set_0 with what is expected");
        }
        SequencedSet<String> constants = new LinkedHashSet<>();
        SequencedSet<String> onHost = new LinkedHashSet<>();
        for (Path dataSet : dataSets) {
            CaseOutcome outcome = outcome(test, model, dataSet);
            if (!(outcome instanceof CaseOutcome.Passed passed)) {
                return outcome;
            }
            constants.addAll(passed.constants());
            onHost.addAll(passed.onHost());
        }
        return new CaseOutcome.Passed(List.copyOf(constants), List.copyOf(onHost));
    }

    private CaseOutcome outcome(ConformanceCase test, Model model, Path dataSet) {
        BoundModel fed;
        try {
            fed = BoundModel.of(model, ConformanceCase.inputs(dataSet, model.inputs()));
        } catch (CompileException fault) {
            return ofImport(fault);
        } catch (RuntimeException fault) {
            return CaseOutcome.broken(fault);
        }
        try {
            Map<String, Tensor> expected = ConformanceCase.outputs(dataSet, model.outputs());
            ConformanceSubject.Results results = subject.run(fed);
            if (results.wrong().isPresent()) {
                return new CaseOutcome.Wrong(fed.constants(), results.wrong().get());
            }
            return compared(fed, model.outputs(), results, expected, ExpectedTolerance.of(test.name()));
        } catch (CompileException fault) {
            return subject.refuses(fault.code()) ? new CaseOutcome.Unsupported(fault) : CaseOutcome.broken(fault);
        } catch (RuntimeException fault) {
            return CaseOutcome.broken(fault);
        }
    }

    private static CaseOutcome compared(
            BoundModel fed,
            List<Port> outputs,
            ConformanceSubject.Results results,
            Map<String, Tensor> expected,
            ExpectedTolerance tolerance) {
        Graph graph = fed.graph();
        Map<Value, TensorView> oracle = new Interpreter(graph, Rounding.serial()).evaluate(fed.inputs());
        for (int i = 0; i < outputs.size(); i++) {
            Port output = outputs.get(i);
            Value value = graph.outputs().get(i);
            Tensor wanted = expected.get(output.name());
            if (wanted == null) {
                continue;
            }
            Tensor found = results.outputs().get(value.name());
            TensorView view = oracle.get(value);
            if (found == null || view == null || !found.type().equals(wanted.type())) {
                return new CaseOutcome.Broken(value + " is expected as " + wanted.type());
            }
            OptionalLong first = tolerance.firstDifference(found, view, wanted, output.element());
            if (first.isPresent()) {
                long at = first.getAsLong();
                boolean floating = wanted.type().element().isFloating();
                WrongElement element = new WrongElement(
                        graph.producer(value).map(Node::label).orElse("a constant"),
                        value.name(),
                        WrongElement.coordinates(wanted.shape(), at),
                        floating ? (Number) found.get(at) : (Number) found.getLong(at),
                        floating ? (Number) wanted.get(at) : (Number) wanted.getLong(at),
                        tolerance.bound(view.bound(at), wanted.get(at), output.element()),
                        WrongElement.BY_CASE);
                return new CaseOutcome.Wrong(fed.constants(), element);
            }
        }
        return new CaseOutcome.Passed(fed.constants(), results.onHost());
    }
}
