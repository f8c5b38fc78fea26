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
import dev.sinter.tests.support.Requirements;
import dev.sinter.training.data.Dataset;
import dev.sinter.training.data.IdxDataset;
import dev.sinter.training.data.digits.DrawnDigits;
import dev.sinter.training.quantization.ActivationType;
import dev.sinter.training.quantization.Calibration;
import dev.sinter.training.quantization.LayerQuality;
import dev.sinter.training.quantization.QuantizationSettings;
import dev.sinter.training.quantization.QuantizedNetwork;
import dev.sinter.training.quantization.Quantizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// LeNet-5 as it comes with Sinter, in integers.
@NullMarked
class QuantizedDigitsTest {
    private static final Path MODEL = Path.of("../samples/digits.onnx");
    private static final int BATCH = 100;

    /// What `sinter train` holds back of the data that the network was trained on has other seeds than these.
    private static final Dataset CALIBRATION = new DrawnDigits(500, 71);

    private static final Dataset TEST = new DrawnDigits(3000, 72);

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

    private static final double MOST_LOST = 0.003;

    @ParameterizedTest
    @EnumSource(ActivationType.class)
    void it_reads_as_many_digits_as_before_but_for_three_in_a_thousand(ActivationType type) {
        QuantizedNetwork network = quantized(QuantizationSettings.DEFAULT.withActivations(type));
        requireAsGood(network(), network.graph(), TEST);
    }

    @Test
    void it_does_by_every_calibration() {
        Graph network = network();
        for (Calibration calibration : List.of(new Calibration.Percentile(99.99), new Calibration.MeanSquaredError())) {
            requireAsGood(
                    network,
                    quantized(QuantizationSettings.DEFAULT.withCalibration(calibration))
                            .graph(),
                    TEST);
        }
    }

    @Test
    void it_reads_handwriting_as_before() {
        Path folder = Requirements.sharedData().resolve("datasets/mnist");
        Dataset handwriting = IdxDataset.read(
                folder.resolve("t10k-images-idx3-ubyte.gz"),
                folder.resolve("t10k-labels-idx1-ubyte.gz"),
                CALIBRATION.classes());
        requireAsGood(network(), quantized(QuantizationSettings.DEFAULT).graph(), handwriting);
    }

    private static void requireAsGood(Graph network, Graph quantized, Dataset data) {
        double before = accuracy(network, Devices.of(Devices.JVM), data);
        double after = accuracy(quantized, Devices.of(Devices.JVM), data);
        assertTrue(before > 0.95, before + " before");
        assertTrue(after >= before - MOST_LOST, before + " before, " + after + " after");
    }

    @Test
    void it_is_a_quarter_as_large() throws IOException {
        long before = Files.size(MODEL);
        int after =
                OnnxExport.ofAnyBatch(quantized(QuantizationSettings.DEFAULT).graph()).length;
        assertTrue(after < before * 0.31, before + " bytes before, " + after + " after");
    }

    @Test
    void layers_that_are_kept_compute_in_float32() {
        QuantizedNetwork network = quantized(QuantizationSettings.DEFAULT.keeping(Set.of("conv2", "relu1")));
        Map<String, Boolean> integer =
                network.layers().stream().collect(Collectors.toMap(LayerQuality::name, LayerQuality::integer));
        assertEquals(true, integer.get("conv1"));
        assertEquals(false, integer.get("relu1"), "no part of the convolution before it");
        assertEquals(false, integer.get("conv2"));
        assertEquals(true, integer.get("dense1"));
    }

    private static double accuracy(Graph graph, Device device, Dataset data) {
        DigitSamples samples = new DigitSamples(data, graph.inputs().getFirst());
        int correct = 0;
        try (Executable executable = Sinter.compile(graph, device)) {
            for (int number = 0; number < samples.batches(); number++) {
                Tensor scores =
                        executable.run(samples.batch(number).values().iterator().next());
                for (int row = 0; row < BATCH; row++) {
                    correct += best(scores, row) == data.label(number * BATCH + row) ? 1 : 0;
                }
            }
        }
        return (double) correct / data.size();
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
