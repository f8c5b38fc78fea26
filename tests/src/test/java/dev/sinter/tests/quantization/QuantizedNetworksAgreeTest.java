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
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.op.Quantize;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.reference.OnnxRuntime;
import dev.sinter.tests.support.Devices;
import dev.sinter.training.quantization.ActivationType;
import dev.sinter.training.quantization.Calibration;
import dev.sinter.training.quantization.LayerQuality;
import dev.sinter.training.quantization.QuantizationSettings;
import dev.sinter.training.quantization.QuantizedNetwork;
import dev.sinter.training.quantization.Quantizer;
import dev.sinter.training.quantization.Samples;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Quantised networks against others who run or make such.
@NullMarked
class QuantizedNetworksAgreeTest {
    /// The share of bytes that may be one step apart: where a number lies so near the middle between two that float32
    /// and exact arithmetic round it differently.
    private static final double ONE_STEP_APART = 0.001;

    static List<Graph> networks() {
        return SmallNetworks.all();
    }

    private static QuantizedNetwork quantized(Graph network, QuantizationSettings settings) {
        return Quantizer.quantize(
                network, SmallNetworks.samples(network), Devices.of(Devices.JVM), settings, Trace.silent());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void onnx_runtime_computes_the_same_bytes_as_the_oracle(Graph network) throws OrtException {
        QuantizationSettings usual = QuantizationSettings.DEFAULT;
        compareBytes(network, usual);
        compareBytes(network, usual.withActivations(ActivationType.SYMMETRIC));
        compareBytes(
                network,
                usual.withActivations(ActivationType.INT8).withScalePerTensor().withoutBiasCorrection());
    }

    /// Layer by layer, each from the bytes that ONNX Runtime has before it: what is one step off there may be more behind.
    private static void compareBytes(Graph network, QuantizationSettings settings) throws OrtException {
        byte[] file = OnnxExport.of(yieldingBytes(quantized(network, settings).graph()));
        Map<String, Tensor> inputs = SmallNetworks.samples(network).batch(0);
        Map<String, Tensor> theirs = OnnxRuntime.run(file, inputs);
        Graph read = Model.parse(file, network.name()).graph();
        Map<Value, Tensor> known = new HashMap<>();
        read.inputs().forEach(input -> known.put(input, inputs.get(input.name())));
        read.outputs().forEach(output -> known.put(output, theirs.get(output.name())));
        long apart = 0;
        long count = 0;
        for (Value output : read.outputs()) {
            Tensor ours = new Interpreter(read, Rounding.none()).between(known, output).rounded();
            Tensor other = Objects.requireNonNull(known.get(output));
            assertEquals(ours.type(), other.type());
            for (long i = 0; i < ours.shape().elements(); i++) {
                long difference = Math.abs(ours.getLong(i) - other.getLong(i));
                assertTrue(difference <= 1, network.name() + " " + output.name() + ": " + difference + " steps apart");
                apart += difference;
                count++;
            }
        }
        System.out.println(network.name() + " " + settings.activations() + " " + apart + " of " + count);
        assertTrue(apart <= ONE_STEP_APART * count, network.name() + ": " + apart + " of " + count + " bytes differ");
    }

    /// The network with all the bytes in it for outputs.
    private static Graph yieldingBytes(Graph graph) {
        List<Value> bytes = graph.nodes().stream()
                .filter(node -> node.op() instanceof Quantize)
                .map(node -> node.output())
                .toList();
        return new Graph(graph.name(), graph.inputs(), graph.constants(), graph.nodes(), bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {Devices.JVM, Devices.OPENCL})
    void devices_compute_what_the_report_says(String backend) {
        Device device = Devices.of(backend);
        for (Graph network : networks()) {
            QuantizedNetwork made = quantized(network, QuantizationSettings.DEFAULT);
            Graph read = Model.parse(OnnxExport.of(made.graph()), network.name()).graph();
            try (Executable before = Sinter.compile(network, device);
                    Executable after = Sinter.compile(read, device)) {
                double found = decibels(network, before, after);
                assertEquals(made.decibels(), found, 0.5, network.name());
            }
        }
    }

    private static double decibels(Graph network, Executable before, Executable after) {
        Samples samples = SmallNetworks.samples(network);
        Map<String, double[]> sums = new LinkedHashMap<>();
        for (int number = 0; number < samples.batches(); number++) {
            Map<String, Tensor> exact = before.run(samples.batch(number));
            Map<String, Tensor> rounded = after.run(samples.batch(number));
            exact.forEach((name, tensor) -> add(
                    sums.computeIfAbsent(name, _ -> new double[2]), tensor.toFloats(), rounded.get(name).toFloats()));
        }
        return sums.values().stream()
                .mapToDouble(sum -> 10 * Math.log10(sum[0] / sum[1]))
                .min()
                .orElseThrow();
    }

    private static void add(double[] sum, float[] exact, float[] found) {
        for (int i = 0; i < exact.length; i++) {
            sum[0] += (double) exact[i] * exact[i];
            sum[1] += Math.pow((double) found[i] - exact[i], 2);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void no_layer_is_worse_than_with_one_scale_per_tensor_by_a_decibel(Graph network) {
        Map<String, Double> plain = PlainQuantization.decibels(network, SmallNetworks.samples(network));
        QuantizedNetwork made = quantized(network, QuantizationSettings.DEFAULT);
        for (LayerQuality layer : made.layers()) {
            Double other = plain.get(layer.name());
            if (layer.integer() && other != null) {
                System.out.printf("%s %s %.1f plain %.1f%n", network.name(), layer.name(), layer.decibels(), other);
                assertTrue(
                        layer.decibels() >= other - 1,
                        network.name() + " " + layer.name() + ": " + layer.decibels() + " dB, plainly " + other);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void every_calibration_leaves_a_signal_in_every_layer(Graph network) {
        for (Calibration calibration : List.of(
                new Calibration.MinMax(), new Calibration.Percentile(99.99), new Calibration.MeanSquaredError())) {
            QuantizedNetwork made = quantized(network, QuantizationSettings.DEFAULT.withCalibration(calibration));
            for (LayerQuality layer : made.layers()) {
                assertTrue(
                        layer.decibels() > 20,
                        network.name() + " " + layer.name() + " by " + calibration + ": " + layer.decibels() + " dB");
            }
        }
    }
}
