package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.Formulas;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Where;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.Arrays;
import java.util.Optional;

/// How many steps each sequence of a batch has. Beyond its end, a sequence's state stays as it is and its output is
/// zero; so a sequence that is gone through backwards begins at its own end.
record SequenceLengths(long[] lengths) {
    private static final int OPERAND = 4;

    /// Those that a node has, where not all sequences are as long as can be.
    static Optional<SequenceLengths> of(OnnxNode node, long steps, long batch) {
        if (node.optional(OPERAND).isEmpty()) {
            return Optional.empty();
        }
        Tensor given = node.known(OPERAND, "sequence_lens");
        if (given.type().element().isFloating()
                || given.shape().rank() != 1
                || given.shape().dim(0) != batch) {
            throw node.fault(
                    Code.ONNX_TENSOR,
                    "sequence_lens is " + given.type() + " but [" + batch + "] of integers is expected",
                    null);
        }
        long[] lengths = given.toLongs();
        if (Arrays.stream(lengths).anyMatch(length -> length < 0 || length > steps)) {
            throw node.fault(
                    Code.ONNX_TENSOR,
                    "sequence_lens are " + Arrays.toString(lengths) + " but 0 to " + steps + " are expected",
                    null);
        }
        boolean whole = Arrays.stream(lengths).allMatch(length -> length == steps);
        return whole ? Optional.empty() : Optional.of(new SequenceLengths(lengths));
    }

    /// True if all sequences have that step.
    boolean reach(long step) {
        return Arrays.stream(lengths).allMatch(length -> length > step);
    }

    /// Which sequences have that step, `[batch, 1]`.
    private Operand have(Formulas formulas, long step) {
        Tensor mask = formulas.node().allocate(TensorType.of(ElementType.BOOL, lengths.length, 1));
        for (int i = 0; i < lengths.length; i++) {
            mask.setLong(i, lengths[i] > step ? 1 : 0);
        }
        return formulas.node().constant(mask);
    }

    /// What is computed in a step, zero for sequences that do not have it.
    Operand within(Formulas formulas, long step, Operand computed) {
        return chosen(formulas, step, computed, formulas.number(0));
    }

    /// The state after a step, or that before for sequences that do not have it.
    RecurrentCell.State chosen(Formulas formulas, long step, RecurrentCell.State after, RecurrentCell.State before) {
        Operand hidden = chosen(formulas, step, after.hidden(), before.hidden());
        return new RecurrentCell.State(
                hidden,
                after.memory()
                        .map(now -> chosen(formulas, step, now, before.memory().orElseThrow())));
    }

    private Operand chosen(Formulas formulas, long step, Operand after, Operand before) {
        return formulas.apply(new Where(), have(formulas, step), after, before);
    }
}
