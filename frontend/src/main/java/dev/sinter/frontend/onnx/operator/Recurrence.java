package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.Formulas;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The operands and attributes that recurrent layers have in common, checked, and the layer written out step by step: a
/// sequence's length is known, so that each step is a few operators of the graph.
final class Recurrence {
    /// A step is ten nodes or so: beyond this, compiling them takes longer than anybody waits.
    private static final long MOST_STEPS = 4096;

    /// From here on users are told.
    private static final long MANY_STEPS = 128;

    private static final int SEQUENCE = 0;
    private static final int BATCH = 1;

    private final OnnxNode node;
    private final int gates;
    private final Formulas formulas;
    private final boolean batchFirst;
    private final String direction;
    private final long steps;
    private final long batch;
    private final long features;
    private final long hidden;

    /// X as `[sequence · batch, features]`.
    private final Operand x;

    private final Operand weights;
    private final Operand recurrence;
    private final Optional<Operand> bias;
    private final Optional<SequenceLengths> lengths;

    /// @param gates how many there are in the weights
    Recurrence(OnnxNode node, int gates) {
        this.node = node;
        this.gates = gates;
        TensorType type = node.input().type();
        if (!type.element().isFloating() || type.shape().rank() != 3) {
            throw node.fault(
                    Code.SHAPE_RANK, "X is " + type + " but [sequence,batch,features] of numbers is expected", null);
        }
        formulas = new Formulas(node, type.element());
        batchFirst = node.opset() >= 14 && node.attributes().flag("layout", false);
        direction = node.attributes().word("direction", "forward", List.of("forward", "reverse", "bidirectional"));
        if (node.opset() < 7) {
            // What is not wanted has no name.
            node.attributes().ignore("output_sequence");
        }
        Operand inOrder = batchFirst ? formulas.transposed(node.input(), 1L, 0L, 2L) : node.input();
        Shape shape = inOrder.type().shape();
        steps = shape.dim(SEQUENCE);
        batch = shape.dim(BATCH);
        features = shape.dim(2);
        recurrence = node.input(2, "R");
        Shape given = recurrence.type().shape();
        hidden = node.attributes().integer("hidden_size").orElse(given.rank() == 3 ? given.dim(2) : 1);
        require(recurrence, "R", directions(), gates * hidden, hidden);
        weights = require(node.input(1, "W"), "W", directions(), gates * hidden, features);
        bias = node.optional(3).map(all -> require(all, "B", directions(), 2 * gates * hidden));
        lengths = SequenceLengths.of(node, steps, batch);
        x = formulas.reshaped(inOrder, steps * batch, features);
        requireFew();
    }

    private void requireFew() {
        long all = steps * directions();
        if (all > MOST_STEPS) {
            throw node.fault(
                    Code.ONNX_OPERATOR,
                    "would be written out as " + all + " steps but at most " + MOST_STEPS + " are",
                    "feed shorter sequences");
        }
        if (all >= MANY_STEPS) {
            node.state()
                    .trace()
                    .note(
                            "import",
                            "written out step by step",
                            Map.of("node", node.place(), "steps", String.valueOf(all)));
        }
    }

    int directions() {
        return direction.equals("bidirectional") ? 2 : 1;
    }

    long hidden() {
        return hidden;
    }

    Formulas formulas() {
        return formulas;
    }

    /// @throws dev.sinter.ir.diag.CompileException if the operand has another shape or element type
    Operand require(Operand operand, String what, long... dims) {
        TensorType expected = TensorType.of(formulas.element(), dims);
        if (!operand.type().equals(expected)) {
            throw node.fault(
                    Code.SHAPE_MISMATCH, what + " is " + operand.type() + " but " + expected + " is expected", null);
        }
        return operand;
    }

    /// What belongs to one direction of a tensor that begins with directions.
    Operand ofDirection(Operand all, int number) {
        List<Long> dims = all.type().shape().dims();
        Operand own = formulas.part(all, 0, number, number + 1);
        return formulas.reshaped(
                own,
                dims.subList(1, dims.size()).stream().mapToLong(Long::longValue).toArray());
    }

    /// Rᵀ for gates `first` to `end - 1`.
    Operand recurrence(int number, int first, int end) {
        Operand own = formulas.part(ofDirection(recurrence, number), 0, first * hidden, end * hidden);
        return formulas.transposed(own, 1L, 0L);
    }

    /// The recurrent half of the biases for one gate; empty if there are none.
    Optional<Operand> recurrentBias(int number, int gate) {
        return bias.map(all -> ofDirection(all, number))
                .map(own -> formulas.part(own, 0, (gates + gate) * hidden, (gates + gate + 1) * hidden));
    }

    /// The state before the first step, `[batch, hidden]`: zeros where operand `i` is left out.
    Operand initial(int i, String what, int number) {
        Optional<Operand> given = node.optional(i);
        if (given.isEmpty()) {
            return formulas.zeros(batch, hidden);
        }
        Operand all = batchFirst
                ? formulas.transposed(require(given.get(), what, batch, directions(), hidden), 1L, 0L, 2L)
                : require(given.get(), what, directions(), batch, hidden);
        return ofDirection(all, number);
    }

    /// One direction of the layer.
    ///
    /// @param cell the same for all steps
    /// @param before the state before the first step
    /// @param held the gates to which the cell adds the recurrent half of the bias itself, the last ones
    RecurrentOutputs run(int number, RecurrentCell cell, RecurrentCell.State before, int held) {
        Operand ofAll = formulas.product(x, formulas.transposed(ofDirection(weights, number), 1L, 0L));
        Operand biased = bias.map(all -> formulas.plus(ofAll, sumOfBiases(ofDirection(all, number), held)))
                .orElse(ofAll);
        boolean reverse = direction.equals("reverse") || number == 1;
        List<Operand> outputs = new ArrayList<>();
        RecurrentCell.State state = before;
        for (long i = 0; i < steps; i++) {
            long step = reverse ? steps - 1 - i : i;
            Operand input = formulas.part(biased, 0, step * batch, (step + 1) * batch);
            RecurrentCell.State after = cell.step(formulas, input, state);
            boolean all = lengths.map(each -> each.reach(step)).orElse(true);
            state = all ? after : lengths.get().chosen(formulas, step, after, state);
            Operand output = all ? after.hidden() : lengths.get().within(formulas, step, after.hidden());
            outputs.add(reverse ? 0 : outputs.size(), output);
        }
        return new RecurrentOutputs(outputs, state);
    }

    private Operand sumOfBiases(Operand own, int held) {
        long all = gates * hidden;
        long shared = all - held * hidden;
        Operand first = formulas.part(own, 0, 0, all);
        Operand second = formulas.part(own, 0, all, 2 * all);
        if (held == 0) {
            return formulas.plus(first, second);
        }
        Operand sum = formulas.plus(formulas.part(first, 0, 0, shared), formulas.part(second, 0, 0, shared));
        return formulas.joined(0, List.of(sum, formulas.part(first, 0, shared, all)));
    }

    /// Y: the hidden state after each step.
    Operand sequence(List<RecurrentOutputs> byDirection) {
        if (steps == 0) {
            return batchFirst
                    ? formulas.zeros(batch, 0, directions(), hidden)
                    : formulas.zeros(0, directions(), batch, hidden);
        }
        List<Operand> all = byDirection.stream()
                .map(own -> formulas.reshaped(formulas.joined(0, own.steps()), steps, 1, batch, hidden))
                .toList();
        Operand joined = formulas.joined(1, all);
        return batchFirst ? formulas.transposed(joined, 2L, 0L, 1L, 3L) : joined;
    }

    /// Y_h or Y_c: a tensor of the last state of each direction.
    Operand last(List<Operand> byDirection) {
        List<Operand> all = byDirection.stream()
                .map(own -> formulas.reshaped(own, 1, batch, hidden))
                .toList();
        Operand joined = formulas.joined(0, all);
        return batchFirst ? formulas.transposed(joined, 1L, 0L, 2L) : joined;
    }

    /// What one direction yields.
    ///
    /// @param steps the hidden state after each step, in the order of the sequence
    record RecurrentOutputs(List<Operand> steps, RecurrentCell.State last) {
        RecurrentOutputs {
            steps = List.copyOf(steps);
        }
    }
}
