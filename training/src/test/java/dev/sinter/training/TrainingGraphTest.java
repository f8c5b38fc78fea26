package dev.sinter.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingGraphTest {
    private static final Optimiser PLAIN = new Optimiser.Sgd(0, false, 0);

    private static Graph normalised() {
        return GraphParser.parse("""
            sinter.graph 1
            graph net {
              %x: f32[4,2,3,3] = input
              %scale: f32[2] = constant [2, 3]
              %shift: f32[2] = constant [0.5, -1]
              %mean: f32[2] = constant [0, 0]
              %variance: f32[2] = constant [1, 1]
              %n: f32[4,2,3,3] = batch_normalization(%x, %scale, %shift, %mean, %variance) epsilon=0.001
              %d: f32[4,2,3,3] = dropout(%n) ratio=0.25
              %f: f32[4,18] = flatten(%d) axis=1
              %w: f32[3,18] = constant random 7
              %s: f32[4,3] = gemm(%f, %w) alpha=1 beta=1 transpose_a=false transpose_b=true
              %y: f32[4,3] = softmax(%s) axis=1
              return %y
            }
            """, "network.sir");
    }

    private static Map<String, Tensor> fed(TrainingGraph training, Graph network) {
        Map<String, Tensor> fed = new LinkedHashMap<>();
        for (Value input : training.graph().inputs()) {
            fed.put(
                    input.name(),
                    RandomTensors.uniform(input.type(), 0, 1, input.name().hashCode()));
        }
        network.constants().forEach((constant, tensor) -> fed.computeIfPresent(constant.name(), (_, _) -> tensor));
        training.scalars().forEach(scalar -> fed.put(scalar.name(), Tensor.filled(scalar.type(), 0.1)));
        return fed;
    }

    @Test
    void batch_normalisation_goes_by_the_batch_and_its_statistics_follow() {
        Graph network = normalised();
        TrainingGraph training = TrainingGraph.of(network, Loss.CROSS_ENTROPY, PLAIN);
        Map<String, Tensor> fed = fed(training, network);
        Tensor x = fed.get("x");
        double[] mean = new double[2];
        double[] variance = new double[2];
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < 36; i++) {
                mean[c] += x.get(i / 9 * 18 + c * 9 + i % 9) / 36;
            }
            for (int i = 0; i < 36; i++) {
                variance[c] += Math.pow(x.get(i / 9 * 18 + c * 9 + i % 9) - mean[c], 2) / 36;
            }
        }
        Map<String, Tensor> results = Interpreter.run(training.graph(), fed);
        Tensor nextMean = results.get(training.statistics().get(0).next().name());
        Tensor nextVariance = results.get(training.statistics().get(1).next().name());
        for (int c = 0; c < 2; c++) {
            assertEquals(0.1 * mean[c], nextMean.get(c), 1e-6);
            assertEquals(0.9 + 0.1 * variance[c] * 36 / 35, nextVariance.get(c), 1e-6);
        }
        assertEquals(
                List.of("mean", "variance"),
                training.statistics().stream().map(Parameter.Carried::name).toList());
    }

    @Test
    void parameters_are_what_stands_where_weights_stand() {
        TrainingGraph training = TrainingGraph.of(normalised(), Loss.CROSS_ENTROPY, PLAIN);
        assertEquals(
                List.of("scale", "shift", "w"),
                training.parameters().stream().map(Parameter::name).toList());
    }

    @Test
    void cross_entropy_takes_the_softmax_at_the_end_for_its_own() {
        TrainingGraph training = TrainingGraph.of(normalised(), Loss.CROSS_ENTROPY, PLAIN);
        assertEquals("s", training.output().name());
        assertEquals(
                "y",
                TrainingGraph.of(normalised(), Loss.MEAN_SQUARED_ERROR, PLAIN)
                        .output()
                        .name());
    }

    @Test
    void dropout_is_a_product_with_a_mask() {
        TrainingGraph training = TrainingGraph.of(normalised(), Loss.CROSS_ENTROPY, PLAIN);
        assertEquals(1, training.masks().size());
        Masks masks = new Masks(training.masks(), 3);
        Tensor mask = masks.at(5).getFirst();
        assertTrue(mask.sameBits(masks.at(5).getFirst()), "the same step has the same mask");
        long dropped = 0;
        for (long i = 0; i < mask.shape().elements(); i++) {
            assertTrue(mask.get(i) == 0 || mask.get(i) == (float) (1 / 0.75));
            dropped += mask.get(i) == 0 ? 1 : 0;
        }
        assertEquals(0.25, (double) dropped / mask.shape().elements(), 0.15);
    }

    @Test
    void a_step_against_the_gradient_makes_the_loss_smaller() {
        Graph network = normalised();
        TrainingGraph training = TrainingGraph.of(network, Loss.CROSS_ENTROPY, PLAIN);
        Map<String, Tensor> fed = fed(training, network);
        Tensor targets = Tensor.allocate(training.targets().type());
        for (int row = 0; row < 4; row++) {
            targets.set(row * 3L + row % 3, 1);
        }
        fed.put("targets", targets);
        training.masks()
                .forEach(mask ->
                        fed.put(mask.input().name(), Tensor.filled(mask.input().type(), 1)));
        double before = Double.POSITIVE_INFINITY;
        for (int step = 0; step < 20; step++) {
            Map<String, Tensor> results = Interpreter.run(training.graph(), fed);
            double loss = results.get(training.loss().name()).get(0);
            assertTrue(loss < before, "step " + step + ": " + loss + " after " + before);
            before = loss;
            training.carried()
                    .forEach(carried ->
                            fed.put(carried.name(), results.get(carried.next().name())));
        }
    }

    @Test
    void a_network_without_weights_cannot_be_trained() {
        Graph network = GraphParser.parse("""
            sinter.graph 1
            graph bare {
              %x: f32[1,3] = input
              %y: f32[1,3] = relu(%x)
              return %y
            }
            """, "network.sir");
        CompileException fault =
                assertThrows(CompileException.class, () -> TrainingGraph.of(network, Loss.CROSS_ENTROPY, PLAIN));
        assertEquals(Code.GRAPH_STRUCTURE, fault.code());
        assertTrue(fault.getMessage().contains("no parameters"), fault.getMessage());
    }
}
