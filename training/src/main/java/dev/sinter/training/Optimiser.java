package dev.sinter.training;

import dev.sinter.ir.graph.Value;
import java.util.List;

/// How gradients change parameters. An update is part of the graph that is compiled, so that it runs where the
/// gradients are, and its formulas are ordinary operators.
///
/// Weight decay is for tensors of at least two dimensions, that is, for what multiplies: biases and what normalisation
/// scales and shifts by are left alone.
public sealed interface Optimiser {
    /// The tensors beside each parameter that one step leaves for the next, by name; they start at zero.
    List<String> states();

    /// The numbers that change from step to step and are the same for all parameters, by name.
    List<String> scalars();

    /// What [#scalars()] are.
    ///
    /// @param rate the learning rate
    /// @param step counted from 1
    double[] scalars(double rate, long step);

    /// Adds an update to a graph.
    ///
    /// @param states in the order of [#states()]
    /// @param scalars in the order of [#scalars()], each of one element
    /// @param decays whether weight decay is for this parameter
    /// @return the parameter and then its states after the step
    List<Value> update(
            Formula formula, Value parameter, Value gradient, List<Value> states, List<Value> scalars, boolean decays);

    /// Stochastic gradient descent: v ← momentum · v + g and p ← p - rate · v; with `nesterov`
    /// p ← p - rate · (g + momentum · v), which looks ahead along v
    /// ([Sutskever et al., 2013](https://proceedings.mlr.press/v28/sutskever13.html), in the form without a second
    /// evaluation point). Decay adds weightDecay · p to g.
    record Sgd(double momentum, boolean nesterov, double weightDecay) implements Optimiser {
        public Sgd {
            if (!(momentum >= 0 && momentum < 1)) {
                throw new IllegalArgumentException("momentum " + momentum + " must be from 0 to below 1");
            }
            if (nesterov && momentum == 0) {
                throw new IllegalArgumentException("Nesterov's method needs a momentum above 0");
            }
            requireDecay(weightDecay);
        }

        @Override
        public List<String> states() {
            return momentum == 0 ? List.of() : List.of("velocity");
        }

        @Override
        public List<String> scalars() {
            return List.of("rate");
        }

        @Override
        public double[] scalars(double rate, long step) {
            return new double[] {rate};
        }

        @Override
        public List<Value> update(
                Formula formula,
                Value parameter,
                Value gradient,
                List<Value> states,
                List<Value> scalars,
                boolean decays) {
            Value rate = scalars.getFirst();
            Value slope = decays ? formula.plusScaled(gradient, parameter, weightDecay) : gradient;
            if (momentum == 0) {
                return List.of(formula.minus(parameter, formula.times(rate, slope)));
            }
            Value velocity = formula.plus(formula.times(states.getFirst(), momentum), slope);
            Value direction = nesterov ? formula.plusScaled(slope, velocity, momentum) : velocity;
            return List.of(formula.minus(parameter, formula.times(rate, direction)), velocity);
        }
    }

    /// Adam ([Kingma and Ba, 2015](https://arxiv.org/abs/1412.6980)): m ← β₁ · m + (1 - β₁) · g,
    /// v ← β₂ · v + (1 - β₂) · g², p ← p - rate · m̂ / (√v̂ + ε) with m̂ = m / (1 - β₁ᵗ) and v̂ = v / (1 - β₂ᵗ). Decay
    /// adds weightDecay · p to g or, if `decoupled`, rate · weightDecay · p to the step (AdamW,
    /// [Loshchilov and Hutter, 2019](https://arxiv.org/abs/1711.05101)).
    record Adam(double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled)
            implements Optimiser {
        public Adam {
            if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
                throw new IllegalArgumentException("betas " + beta1 + " and " + beta2 + " must be from 0 to below 1");
            }
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("epsilon " + epsilon + " must be above 0");
            }
            requireDecay(weightDecay);
        }

        /// The figures of the paper.
        public static Adam standard() {
            return new Adam(0.9, 0.999, 1e-8, 0, false);
        }

        @Override
        public List<String> states() {
            return List.of("mean", "square");
        }

        /// `step` is rate / (1 - β₁ᵗ), `square` is 1 / (1 - β₂ᵗ): both corrections cost one product.
        @Override
        public List<String> scalars() {
            return decoupled ? List.of("step", "square", "decay") : List.of("step", "square");
        }

        @Override
        public double[] scalars(double rate, long step) {
            double first = rate / (1 - StrictMath.pow(beta1, step));
            double second = 1 / (1 - StrictMath.pow(beta2, step));
            return decoupled ? new double[] {first, second, rate * weightDecay} : new double[] {first, second};
        }

        @Override
        public List<Value> update(
                Formula formula,
                Value parameter,
                Value gradient,
                List<Value> states,
                List<Value> scalars,
                boolean decays) {
            Value slope = decays && !decoupled ? formula.plusScaled(gradient, parameter, weightDecay) : gradient;
            Value mean = formula.plusScaled(formula.times(states.get(0), beta1), slope, 1 - beta1);
            Value square =
                    formula.plusScaled(formula.times(states.get(1), beta2), formula.times(slope, slope), 1 - beta2);
            Value deviation = formula.plus(formula.sqrt(formula.times(square, scalars.get(1))), epsilon);
            Value change = formula.over(formula.times(scalars.get(0), mean), deviation);
            Value next = formula.minus(parameter, change);
            if (decays && decoupled) {
                next = formula.minus(next, formula.times(scalars.get(2), parameter));
            }
            return List.of(next, mean, square);
        }
    }

    private static void requireDecay(double weightDecay) {
        if (!(weightDecay >= 0)) {
            throw new IllegalArgumentException("weight decay " + weightDecay + " must not be negative");
        }
    }
}
