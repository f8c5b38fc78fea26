package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.Formulas;
import dev.sinter.frontend.onnx.node.Operand;
import java.util.List;
import java.util.Optional;

/// What a recurrent layer does in one step, in one direction. Tensors are `[batch, hidden]`; those of several gates
/// have them side by side in the second dimension, in ONNX's order.
sealed interface RecurrentCell {
    /// What one step leaves for the next.
    ///
    /// @param memory of an LSTM only
    record State(Operand hidden, Optional<Operand> memory) {
        State(Operand hidden) {
            this(hidden, Optional.empty());
        }
    }

    /// @param x what the step's input contributes to all gates, biases included
    State step(Formulas formulas, Operand x, State before);

    /// The part of a tensor that is for one gate.
    private static Operand gate(Formulas formulas, Operand all, int gate, long hidden) {
        return formulas.part(all, 1, gate * hidden, (gate + 1) * hidden);
    }

    /// H = f(X Wᵀ + H Rᵀ + b).
    ///
    /// @param recurrence Rᵀ
    record Plain(Operand recurrence, CellActivation f) implements RecurrentCell {
        @Override
        public State step(Formulas formulas, Operand x, State before) {
            return new State(f.of(formulas, formulas.plus(formulas.product(before.hidden(), recurrence), x)));
        }
    }

    /// A gated recurrent unit (Cho et al., 2014): z and r are gates, H = (1 - z) · h + z · H.
    ///
    /// @param gates Rᵀ for z and r
    /// @param candidate Rᵀ for h
    /// @param bias what is added to H Rᵀ for h before r gates it; empty where r gates H itself, as in the paper
    record GatedUnit(Operand gates, Operand candidate, Optional<Operand> bias, CellActivation f, CellActivation g)
            implements RecurrentCell {
        private static final int CANDIDATE = 2;

        @Override
        public State step(Formulas formulas, Operand x, State before) {
            Operand hidden = before.hidden();
            long size = hidden.type().shape().dim(1);
            Operand both = f.of(
                    formulas, formulas.plus(formulas.product(hidden, gates), formulas.part(x, 1, 0, CANDIDATE * size)));
            Operand update = gate(formulas, both, 0, size);
            Operand reset = gate(formulas, both, 1, size);
            Operand recurrent = bias.isPresent()
                    ? formulas.times(reset, formulas.plus(formulas.product(hidden, candidate), bias.get()))
                    : formulas.product(formulas.times(reset, hidden), candidate);
            Operand proposed = g.of(formulas, formulas.plus(recurrent, gate(formulas, x, CANDIDATE, size)));
            Operand kept = formulas.times(update, hidden);
            Operand taken = formulas.times(formulas.minus(formulas.number(1), update), proposed);
            return new State(formulas.plus(taken, kept));
        }
    }

    /// A long short-term memory (Hochreiter and Schmidhuber, 1997): i, o and f are gates, C = f · C + i · c and
    /// H = o · h(C). Peepholes let gates see C (Gers and Schmidhuber, 2000).
    ///
    /// @param recurrence Rᵀ for i, o, f and c
    /// @param peepholes the weights for i, o and f, `[hidden]` each, or none
    /// @param coupled if f is 1 - i
    record LongShortTerm(
            Operand recurrence,
            List<Operand> peepholes,
            boolean coupled,
            CellActivation f,
            CellActivation g,
            CellActivation h)
            implements RecurrentCell {
        private static final int INPUT = 0;
        private static final int OUTPUT = 1;
        private static final int FORGET = 2;
        private static final int CANDIDATE = 3;

        @Override
        public State step(Formulas formulas, Operand x, State before) {
            long size = before.hidden().type().shape().dim(1);
            Operand memory = before.memory().orElseThrow();
            Operand all = formulas.plus(formulas.product(before.hidden(), recurrence), x);
            Operand input = f.of(formulas, seeing(formulas, all, INPUT, size, memory));
            Operand forget = coupled
                    ? formulas.minus(formulas.number(1), input)
                    : f.of(formulas, seeing(formulas, all, FORGET, size, memory));
            Operand proposed = g.of(formulas, gate(formulas, all, CANDIDATE, size));
            Operand now = formulas.plus(formulas.times(forget, memory), formulas.times(input, proposed));
            Operand output = f.of(formulas, seeing(formulas, all, OUTPUT, size, now));
            return new State(formulas.times(output, h.of(formulas, now)), Optional.of(now));
        }

        private Operand seeing(Formulas formulas, Operand all, int gate, long size, Operand memory) {
            Operand own = gate(formulas, all, gate, size);
            return peepholes.isEmpty() ? own : formulas.plus(own, formulas.times(memory, peepholes.get(gate)));
        }
    }
}
