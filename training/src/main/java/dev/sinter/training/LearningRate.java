package dev.sinter.training;

/// The learning rate at each step.
public sealed interface LearningRate {
    /// The rate at `step` of `steps`, counted from 0; an epoch has `stepsPerEpoch`.
    double at(long step, long steps, long stepsPerEpoch);

    /// The same from the first step to the last.
    record Constant(double rate) implements LearningRate {
        public Constant {
            requirePositive("rate", rate);
        }

        @Override
        public double at(long step, long steps, long stepsPerEpoch) {
            return rate;
        }
    }

    /// Multiplied by `factor` after every `epochs` epochs.
    record Step(double rate, long epochs, double factor) implements LearningRate {
        public Step {
            requirePositive("rate", rate);
            requirePositive("epochs", epochs);
            requirePositive("factor", factor);
        }

        @Override
        public double at(long step, long steps, long stepsPerEpoch) {
            long falls = step / stepsPerEpoch / epochs;
            return rate * StrictMath.pow(factor, falls);
        }
    }

    /// From `rate` down to 0 along half a wave of the cosine: rate · (1 + cos(π · step / steps)) / 2
    /// ([Loshchilov and Hutter, 2017](https://arxiv.org/abs/1608.03983), without restarts).
    record Cosine(double rate) implements LearningRate {
        public Cosine {
            requirePositive("rate", rate);
        }

        @Override
        public double at(long step, long steps, long stepsPerEpoch) {
            return rate * (1 + StrictMath.cos(Math.PI * step / steps)) / 2;
        }
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(what + " " + value + " must be above 0");
        }
    }
}
