package dev.sinter.tests.fpga;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.support.Devices;
import dev.sinter.training.quantization.QuantizationSettings;
import dev.sinter.training.quantization.Quantizer;
import dev.sinter.training.quantization.Samples;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// Makes networks of 8-bit integers of those in float32, by what random inputs make of them.
@NullMarked
final class QuantizedNetworks {
    private static final int SAMPLES = 4;

    private QuantizedNetworks() {}

    static Graph quantized(Graph network) {
        Value input = network.inputs().getFirst();
        Samples samples = new Samples() {
            @Override
            public int batches() {
                return SAMPLES;
            }

            @Override
            public Map<String, Tensor> batch(int number) {
                return Map.of(input.name(), RandomTensors.normal(input.type(), 0.2, 1, number));
            }
        };
        return Quantizer.quantize(
                        network, samples, Devices.of(Devices.JVM), QuantizationSettings.DEFAULT, Trace.silent())
                .graph();
    }
}
