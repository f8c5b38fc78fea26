package dev.sinter.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Updates against the formulas of the papers, written out in double.
class OptimiserTest {
    private static final double[] GRADIENTS = {0.5, -2, 0.25, 1, -0.125};
    private static final double RATE = 0.1;
    private static final double START = 1.5;

    /// The parameter after each step, computed by the graph that the optimiser makes.
    private static List<Double> steps(Optimiser optimiser, boolean decays) {
        TensorType one = TensorType.float32(1, 1);
        Graph.Builder builder = Graph.builder("update");
        Value parameter = builder.input("p", one);
        Value gradient = builder.input("g", one);
        List<Value> states = optimiser.states().stream()
                .map(name -> builder.input(name, one))
                .toList();
        List<Value> scalars = optimiser.scalars().stream()
                .map(name -> builder.input("scalar." + name, TensorType.float32()))
                .toList();
        List<Value> after = optimiser.update(new Formula(builder, "u"), parameter, gradient, states, scalars, decays);
        Graph graph = builder.output(after.toArray(Value[]::new)).build();

        Map<String, Tensor> fed = new LinkedHashMap<>();
        fed.put("p", Tensor.filled(one, START));
        states.forEach(state -> fed.put(state.name(), Tensor.filled(one, 0)));
        List<Double> found = new ArrayList<>();
        for (int step = 1; step <= GRADIENTS.length; step++) {
            fed.put("g", Tensor.filled(one, GRADIENTS[step - 1]));
            double[] numbers = optimiser.scalars(RATE, step);
            for (int i = 0; i < numbers.length; i++) {
                fed.put(scalars.get(i).name(), Tensor.filled(TensorType.float32(), numbers[i]));
            }
            Map<String, Tensor> results = Interpreter.run(graph, fed);
            fed.put("p", results.get(after.getFirst().name()));
            for (int i = 0; i < states.size(); i++) {
                fed.put(states.get(i).name(), results.get(after.get(i + 1).name()));
            }
            found.add(fed.get("p").get(0));
        }
        return found;
    }

    private static void assertSteps(List<Double> expected, List<Double> found) {
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), found.get(i), 1e-6, "step " + (i + 1));
        }
    }

    @Test
    void plain_descent_goes_down_the_slope() {
        List<Double> expected = new ArrayList<>();
        double p = START;
        for (double g : GRADIENTS) {
            p -= RATE * g;
            expected.add(p);
        }
        assertSteps(expected, steps(new Optimiser.Sgd(0, false, 0), true));
    }

    @Test
    void momentum_keeps_going() {
        List<Double> expected = new ArrayList<>();
        double p = START;
        double v = 0;
        for (double g : GRADIENTS) {
            v = 0.9 * v + g;
            p -= RATE * v;
            expected.add(p);
        }
        assertSteps(expected, steps(new Optimiser.Sgd(0.9, false, 0), true));
    }

    @Test
    void nesterov_looks_ahead() {
        List<Double> expected = new ArrayList<>();
        double p = START;
        double v = 0;
        for (double g : GRADIENTS) {
            v = 0.9 * v + g;
            p -= RATE * (g + 0.9 * v);
            expected.add(p);
        }
        assertSteps(expected, steps(new Optimiser.Sgd(0.9, true, 0), true));
    }

    @Test
    void decay_pulls_weights_to_zero_and_leaves_biases_alone() {
        List<Double> expected = new ArrayList<>();
        double p = START;
        for (double g : GRADIENTS) {
            p -= RATE * (g + 0.01 * p);
            expected.add(p);
        }
        Optimiser decaying = new Optimiser.Sgd(0, false, 0.01);
        assertSteps(expected, steps(decaying, true));
        assertSteps(steps(new Optimiser.Sgd(0, false, 0), true), steps(decaying, false));
    }

    /// Algorithm 1 of Kingma and Ba, and algorithm 2 of Loshchilov and Hutter.
    private static List<Double> adam(double decay, boolean decoupled) {
        List<Double> expected = new ArrayList<>();
        double p = START;
        double m = 0;
        double v = 0;
        for (int t = 1; t <= GRADIENTS.length; t++) {
            double g = GRADIENTS[t - 1] + (decoupled ? 0 : decay * p);
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            double mHat = m / (1 - Math.pow(0.9, t));
            double vHat = v / (1 - Math.pow(0.999, t));
            p -= RATE * mHat / (Math.sqrt(vHat) + 1e-8) + (decoupled ? RATE * decay * p : 0);
            expected.add(p);
        }
        return expected;
    }

    @Test
    void adam_is_that_of_the_paper() {
        assertSteps(adam(0, false), steps(Optimiser.Adam.standard(), true));
    }

    @Test
    void adam_with_decay_adds_it_to_the_gradient_and_adamw_to_the_step() {
        assertSteps(adam(0.05, false), steps(new Optimiser.Adam(0.9, 0.999, 1e-8, 0.05, false), true));
        assertSteps(adam(0.05, true), steps(new Optimiser.Adam(0.9, 0.999, 1e-8, 0.05, true), true));
    }

    @Test
    void impossible_settings_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Optimiser.Sgd(1, false, 0));
        assertThrows(IllegalArgumentException.class, () -> new Optimiser.Sgd(0, true, 0));
        assertThrows(IllegalArgumentException.class, () -> new Optimiser.Sgd(0, false, -1));
        assertThrows(IllegalArgumentException.class, () -> new Optimiser.Adam(1, 0.9, 1e-8, 0, false));
        assertThrows(IllegalArgumentException.class, () -> new Optimiser.Adam(0.9, 0.9, 0, 0, false));
    }

    @Test
    void rates_follow_their_schedules() {
        assertEquals(0.5, new LearningRate.Constant(0.5).at(99, 100, 10));
        LearningRate steps = new LearningRate.Step(1, 2, 0.1);
        assertEquals(1, steps.at(19, 60, 10));
        assertEquals(0.1, steps.at(20, 60, 10), 1e-12);
        assertEquals(0.01, steps.at(59, 60, 10), 1e-12);
        LearningRate cosine = new LearningRate.Cosine(2);
        assertEquals(2, cosine.at(0, 100, 10));
        assertEquals(1, cosine.at(50, 100, 10), 1e-12);
        assertEquals(0, cosine.at(100, 100, 10), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> new LearningRate.Constant(0));
        assertThrows(IllegalArgumentException.class, () -> new LearningRate.Cosine(Double.NaN));
    }
}
