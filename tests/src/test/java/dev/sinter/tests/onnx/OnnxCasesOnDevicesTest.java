package dev.sinter.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.Model;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.StepVerdict;
import dev.sinter.ir.verify.Verification;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.Requirements;
import dev.sinter.tests.support.SampleTargets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// ONNX's own tests of single operators, compiled: whatever can be imported can be run, or is refused by a code.
@NullMarked
class OnnxCasesOnDevicesTest {
    /// Tensors without elements, and powers of integers.
    private static final Set<Code> REFUSED = Set.of(Code.SHAPE_ELEMENTS, Code.TYPE_ELEMENT);

    private static final int MOST_REFUSED = 17;

    @ParameterizedTest
    @ValueSource(strings = {"avx512", "gpu"})
    void kernels_are_safe_and_right(String target) {
        run(new EvaluatorDevice(SampleTargets.named(target)));
    }

    @Test
    void the_jvm_is_right() {
        run(Devices.of(Devices.JVM));
    }

    private static void run(Device device) {
        List<String> failures = new ArrayList<>();
        int refused = 0;
        for (OnnxCase test : OnnxCase.in(Requirements.sharedData().resolve("onnx/node"))) {
            Optional<Graph> graph = OnnxRunner.graph(test);
            if (graph.isEmpty()) {
                continue;
            }
            try {
                failure(graph.get(), inputs(test, graph.get()), device)
                        .ifPresent(why -> failures.add(test.name() + ": " + why));
            } catch (CompileException fault) {
                refused++;
                if (!REFUSED.contains(fault.code())) {
                    failures.add(test.name() + ": " + fault.getMessage());
                }
            } catch (RuntimeException fault) {
                failures.add(test.name() + ": " + fault);
            }
        }
        assertEquals("", String.join("\n", failures));
        assertTrue(refused <= MOST_REFUSED, refused + " were refused");
    }

    private static Optional<String> failure(Graph graph, Map<String, Tensor> inputs, Device device) {
        try (Executable executable = Sinter.compile(graph, device)) {
            executable.run(inputs);
            return Verification.bounded(executable, inputs, _ -> {})
                    .firstFailure()
                    .map(OnnxCasesOnDevicesTest::tell);
        }
    }

    private static String tell(StepVerdict verdict) {
        return verdict.name() + ": " + verdict.judgement();
    }

    private static Map<String, Tensor> inputs(OnnxCase test, Graph graph) {
        Map<String, Tensor> all = OnnxCase.tensors(
                test.dataSets().getFirst(), "input", Model.read(test.model()).inputs());
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            inputs.put(input.name(), Objects.requireNonNull(all.get(input.name())));
        }
        return inputs;
    }
}
