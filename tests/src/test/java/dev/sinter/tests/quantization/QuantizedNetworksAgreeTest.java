package dev.sinter.tests.quantization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import dev.sinter.frontend.Model;
import dev.sinter.frontend.NetworkBuilder;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Quantised networks against others who run or make such.
@NullMarked
@Tag("slow")
class QuantizedNetworksAgreeTest {
    /// The share of bytes that may be one step apart: where a number lies so near the middle between two that float32
    /// and exact arithmetic round it differently.
    private static final double ONE_STEP_APART = 0.001;

    private static final List<Named<Graph>> NETWORKS = SmallNetworks.all().stream()
            .map(graph -> Named.of(graph.name(), graph))
            .toList();

    private static final Map<List<Object>, QuantizedNetwork> MADE = new HashMap<>();

    static List<Named<Graph>> networks() {
        return NETWORKS;
    }

    private static QuantizedNetwork quantized(Graph network, QuantizationSettings settings) {
        return MADE.computeIfAbsent(
                List.of(network, settings),
                _ -> Quantizer.quantize(
                        network, SmallNetworks.samples(network), Devices.of(Devices.JVM), settings, Trace.silent()));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void onnx_runtime_computes_the_same_bytes_as_the_oracle(Graph network) throws OrtException {
        compareBytes(network, QuantizationSettings.DEFAULT);
    }

    @Test
    void it_does_for_other_types_and_scales() throws OrtException {
        Graph network = NETWORKS.getLast().getPayload();
        QuantizationSettings usual = QuantizationSettings.DEFAULT;
        compareBytes(network, usual.withActivations(ActivationType.SYMMETRIC));
        compareBytes(
                network,
                usual.withActivations(ActivationType.INT8).withScalePerTensor().withoutBiasCorrection());
    }

    /// Layer by layer, each from the bytes that ONNX Runtime has before it: what is one step off there may be more
    /// behind.
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
            Tensor ours = new Interpreter(read, Rounding.none())
                    .between(known, output)
                    .rounded();
            Tensor other = Objects.requireNonNull(known.get(output));
            assertEquals(ours.type(), other.type());
            for (long i = 0; i < ours.shape().elements(); i++) {
                long difference = Math.abs(ours.getLong(i) - other.getLong(i));
                assertTrue(difference <= 1, network.name() + " " + output.name() + ": " + difference + " steps apart");
                apart += difference;
                count++;
            }
        }
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
        for (Graph network :
                List.of(NETWORKS.getFirst().getPayload(), NETWORKS.getLast().getPayload())) {
            QuantizedNetwork made = quantized(network, QuantizationSettings.DEFAULT);
            Graph read =
                    Model.parse(OnnxExport.of(made.graph()), network.name()).graph();
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
                    sums.computeIfAbsent(name, _ -> new double[2]),
                    tensor.toFloats(),
                    rounded.get(name).toFloats()));
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
                assertTrue(
                        layer.decibels() >= other - 1,
                        network.name() + " " + layer.name() + ": " + layer.decibels() + " dB, plainly " + other);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"min-max", "percentile", "mse"})
    void every_calibration_leaves_a_signal_in_every_layer(String name) {
        Calibration calibration = switch (name) {
            case "min-max" -> new Calibration.MinMax();
            case "percentile" -> new Calibration.Percentile(Calibration.Percentile.USUAL);
            default -> new Calibration.MeanSquaredError();
        };
        Graph network = NETWORKS.getLast().getPayload();
        QuantizedNetwork made = quantized(network, QuantizationSettings.DEFAULT.withCalibration(calibration));
        for (LayerQuality layer : made.layers()) {
            assertTrue(layer.decibels() > 25, layer.name() + ": " + layer.decibels() + " dB");
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void bias_correction_brings_layers_nearer_to_what_they_were(Graph network) {
        double with = meanDecibels(quantized(network, QuantizationSettings.DEFAULT));
        double without = meanDecibels(quantized(network, QuantizationSettings.DEFAULT.withoutBiasCorrection()));
        assertTrue(with > without, network.name() + ": " + with + " dB with it, " + without + " without");
    }

    private static double meanDecibels(QuantizedNetwork made) {
        return made.layers().stream()
                .filter(LayerQuality::integer)
                .mapToDouble(LayerQuality::decibels)
                .average()
                .orElseThrow();
    }

    /// A matrix product yields real numbers here, so that all of its mean error is its own and a step of its bias the
    /// least that can be left of it.
    @Test
    void bias_correction_leaves_no_mean_error_but_a_part_of_a_step() {
        Graph network =
                NetworkBuilder.named("product").input("x", 1, 64).dense(5).build();
        double with = largestMeanError(network, QuantizationSettings.DEFAULT);
        double without = largestMeanError(network, QuantizationSettings.DEFAULT.withoutBiasCorrection());
        assertTrue(with < without / 20, with + " with it, " + without + " without");
    }

    private static double largestMeanError(Graph network, QuantizationSettings settings) {
        Graph made = quantized(network, settings).graph();
        Samples samples = SmallNetworks.samples(network);
        double[] sums = new double[5];
        for (int number = 0; number < samples.batches(); number++) {
            Tensor exact = only(Interpreter.run(network, samples.batch(number)));
            Tensor found = only(Interpreter.run(made, samples.batch(number)));
            for (int channel = 0; channel < sums.length; channel++) {
                sums[channel] += found.get(channel) - exact.get(channel);
            }
        }
        return Arrays.stream(sums).map(Math::abs).max().orElseThrow() / samples.batches();
    }

    private static Tensor only(Map<String, Tensor> outputs) {
        return outputs.values().iterator().next();
    }
}
