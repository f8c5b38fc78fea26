package dev.sinter.tests.quantization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import dev.sinter.frontend.Model;
import dev.sinter.frontend.OnnxExport;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.reference.OnnxRuntime;
import dev.sinter.tests.support.Devices;
import dev.sinter.training.data.Dataset;
import dev.sinter.training.data.digits.DrawnDigits;
import dev.sinter.training.quantization.QuantizationSettings;
import dev.sinter.training.quantization.QuantizedNetwork;
import dev.sinter.training.quantization.Quantizer;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// LeNet-5 as it comes with Sinter, in integers.
@NullMarked
class QuantizedDigitsTest {
    private static final Path MODEL = Path.of("../samples/digits.onnx");
    private static final int BATCH = 100;

    /// What `sinter train` holds back of the data that the network was trained on has other seeds than these.
    private static final Dataset CALIBRATION = new DrawnDigits(500, 71);

    private static final Dataset TEST = new DrawnDigits(4000, 72);

    private static Graph network() {
        return Model.read(MODEL).withBatch(BATCH).graph();
    }

    private static QuantizedNetwork quantized(QuantizationSettings settings) {
        Graph network = network();
        return Quantizer.quantize(
                network,
                new DigitSamples(CALIBRATION, network.inputs().getFirst()),
                Devices.of(Devices.JVM),
                settings,
                Trace.silent());
    }

    @Test
    void it_reads_as_many_digits_as_before_but_for_three_in_a_thousand() {
        QuantizedNetwork network = quantized(QuantizationSettings.DEFAULT);
        double before = accuracy(network(), Devices.of(Devices.JVM));
        double after = accuracy(network.graph(), Devices.of(Devices.JVM));
        assertTrue(after >= before - 0.003, before + " before, " + after + " after");
    }

    private static double accuracy(Graph graph, Device device) {
        DigitSamples samples = new DigitSamples(TEST, graph.inputs().getFirst());
        int correct = 0;
        try (Executable executable = Sinter.compile(graph, device)) {
            for (int number = 0; number < samples.batches(); number++) {
                Tensor scores =
                        executable.run(samples.batch(number).values().iterator().next());
                for (int row = 0; row < BATCH; row++) {
                    correct += best(scores, row) == TEST.label(number * BATCH + row) ? 1 : 0;
                }
            }
        }
        return (double) correct / TEST.size();
    }

    private static int best(Tensor scores, int row) {
        int best = 0;
        for (int i = 1; i < 10; i++) {
            best = scores.get(row * 10L + i) > scores.get(row * 10L + best) ? i : best;
        }
        return best;
    }

    @Test
    void onnx_runtime_reads_the_same_digits_in_the_file() throws OrtException {
        QuantizedNetwork network = quantized(QuantizationSettings.DEFAULT);
        byte[] file = OnnxExport.ofAnyBatch(network.graph());
        Graph read = Model.parse(file, "quantised").withBatch(BATCH).graph();
        Map<String, Tensor> inputs = new DigitSamples(TEST, read.inputs().getFirst()).batch(0);
        Tensor theirs = OnnxRuntime.run(file, inputs).values().iterator().next();
        Tensor ours = Interpreter.run(read, inputs).values().iterator().next();
        int different = 0;
        double largest = 0;
        for (int row = 0; row < BATCH; row++) {
            different += best(theirs, row) == best(ours, row) ? 0 : 1;
            for (int i = 0; i < 10; i++) {
                largest = Math.max(largest, Math.abs(theirs.get(row * 10L + i) - ours.get(row * 10L + i)));
            }
        }
        assertTrue(largest < 1e-5, "probabilities differ by " + largest);
        assertEquals(0, different);
    }
}
