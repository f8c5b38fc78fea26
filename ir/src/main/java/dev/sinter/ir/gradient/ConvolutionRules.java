package dev.sinter.ir.gradient;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.ConvWeightGradient;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Convolutions. Each kind is the gradient of the other with respect to its input (Dumoulin and Visin, A guide to
/// convolution arithmetic for deep learning, 2016), and the weights of both have the same layout for that.
final class ConvolutionRules {
    private ConvolutionRules() {}

    /// dx = the transposed convolution of dy with the same weights; dw\[m,c,k] = Σ x · dy; db\[m] = Σ dy.
    static Value gradient(Conv conv, Backward at, int operand) {
        Shape weights = at.input(1).type().shape();
        return switch (operand) {
            case 0 -> at.apply(transposed(conv, at), at.gradient(), at.input(1));
            case 1 ->
                at.apply(
                        new ConvWeightGradient(
                                spatial(weights), conv.strides(), conv.pads(), conv.dilations(), conv.groups()),
                        at.input(0),
                        at.gradient());
            default -> at.sumAllBut(at.gradient(), 1);
        };
    }

    /// Output pads bring back the elements at the end that a stride had left over.
    private static ConvTranspose transposed(Conv conv, Backward at) {
        Shape x = at.input(0).type().shape();
        Shape y = at.output().type().shape();
        List<Long> outputPads = new ArrayList<>();
        Window window = conv.window(at.input(1).type().shape());
        for (int axis = 0; axis < window.rank(); axis++) {
            long covered = conv.strides().get(axis) * (y.dim(axis + 2) - 1)
                    + window.span(axis)
                    - window.padBegin(axis)
                    - window.padEnd(axis);
            outputPads.add(x.dim(axis + 2) - covered);
        }
        return new ConvTranspose(conv.strides(), conv.pads(), outputPads, conv.dilations(), conv.groups());
    }

    /// dx = the convolution of dy with the same weights; dw\[c,m,k] = Σ dy · x, as for a convolution from dy to x;
    /// db\[m] = Σ dy.
    static Value gradient(ConvTranspose conv, Backward at, int operand) {
        Shape weights = at.input(1).type().shape();
        return switch (operand) {
            case 0 ->
                cut(
                        at.apply(
                                new Conv(conv.strides(), conv.pads(), conv.dilations(), conv.groups()),
                                at.gradient(),
                                at.input(1)),
                        at);
            case 1 ->
                at.apply(
                        new ConvWeightGradient(
                                spatial(weights), conv.strides(), conv.pads(), conv.dilations(), conv.groups()),
                        at.gradient(),
                        at.input(0));
            default -> at.sumAllBut(at.gradient(), 1);
        };
    }

    /// Output pads of a whole stride are more room, into which the convolution back makes further elements.
    private static Value cut(Value value, Backward at) {
        Shape from = value.type().shape();
        Shape to = at.input(0).type().shape();
        if (from.equals(to)) {
            return value;
        }
        List<Long> pads = new ArrayList<>(Collections.nCopies(from.rank(), 0L));
        for (int axis = 0; axis < from.rank(); axis++) {
            pads.add(to.dim(axis) - from.dim(axis));
        }
        return at.apply(new Pad(pads, Pad.Mode.CONSTANT, 0), value);
    }

    private static List<Long> spatial(Shape weights) {
        return weights.dims().subList(2, weights.rank());
    }
}
