package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What operators check of their inputs, with errors that hold both sides.
final class Checks {
    private Checks() {}

    static CompileException fault(Code code, Op op, String fact, @Nullable String hint) {
        return new CompileException(code, op.mnemonic(), fact, hint);
    }

    static void operands(Op op, List<TensorType> inputs, int least, int most) {
        if (inputs.size() < least || inputs.size() > most) {
            String expected = least == most ? String.valueOf(least) : least + " to " + most;
            throw fault(Code.OPERANDS, op, "has " + inputs.size() + " inputs but takes " + expected, null);
        }
    }

    static void floating(Op op, List<TensorType> inputs) {
        for (int i = 0; i < inputs.size(); i++) {
            if (!inputs.get(i).element().isFloating()) {
                throw fault(
                        Code.TYPE_ELEMENT,
                        op,
                        "input " + i + " is " + inputs.get(i) + " but a floating-point tensor is expected",
                        "convert it with a cast before this node");
            }
        }
        sameElement(op, inputs);
    }

    /// Numbers of one type, which may be integers but not truth values.
    static void numeric(Op op, List<TensorType> inputs) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).element() == ElementType.BOOL) {
                throw fault(
                        Code.TYPE_ELEMENT,
                        op,
                        "input " + i + " is " + inputs.get(i) + " but a tensor of numbers is expected",
                        "convert it with a cast before this node");
            }
        }
        sameElement(op, inputs);
    }

    static void sameElement(Op op, List<TensorType> inputs) {
        for (int i = 1; i < inputs.size(); i++) {
            if (inputs.get(i).element() != inputs.getFirst().element()) {
                throw fault(
                        Code.TYPE_MIXED,
                        op,
                        "input " + i + " is " + inputs.get(i) + " but input 0 is " + inputs.getFirst(),
                        "all inputs of this operator have one element type");
            }
        }
    }

    static void rank(Op op, String what, TensorType type, int least, int most) {
        int rank = type.shape().rank();
        if (rank < least || rank > most) {
            String expected = least == most ? String.valueOf(least) : least + " to " + most;
            throw fault(
                    Code.SHAPE_RANK,
                    op,
                    what + " is " + type + " of rank " + rank + " but rank " + expected + " is expected",
                    null);
        }
    }

    static void element(Op op, String what, TensorType type, ElementType expected) {
        if (type.element() != expected) {
            throw fault(
                    Code.TYPE_ELEMENT,
                    op,
                    what + " is " + type + " but elements of " + expected + " are expected",
                    null);
        }
    }

    /// A number that is fed: an integer in a tensor of one element.
    static void single(Op op, String what, TensorType type) {
        element(op, what, type, ElementType.INT64);
        if (type.shape().elements() != 1) {
            throw fault(Code.SHAPE_ELEMENTS, op, what + " is " + type + " but one element is expected", null);
        }
    }

    static int axis(Op op, long axis, Shape shape) {
        if (axis < -shape.rank() || axis >= shape.rank()) {
            throw fault(
                    Code.SHAPE_AXIS,
                    op,
                    "axis " + axis + " but the input has shape " + shape + " of rank " + shape.rank(),
                    "an axis lies between -rank and rank - 1");
        }
        return shape.normaliseAxis(axis);
    }

    static void attribute(Op op, boolean holds, String fact) {
        if (!holds) {
            throw fault(Code.ATTRIBUTE, op, fact, null);
        }
    }

    static void groups(Op op, long groups) {
        attribute(
                op,
                groups >= 1 && groups <= Integer.MAX_VALUE,
                "groups " + groups + " must be from 1 to " + Integer.MAX_VALUE);
    }

    static void vector(Op op, String what, TensorType type, long channels) {
        if (type.shape().rank() != 1 || type.shape().dim(0) != channels) {
            throw fault(
                    Code.SHAPE_CHANNELS,
                    op,
                    what + " is " + type + " but the input has " + channels + " channels",
                    null);
        }
    }
}
