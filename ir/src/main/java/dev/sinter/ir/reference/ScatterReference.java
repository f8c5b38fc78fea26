package dev.sinter.ir.reference;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// Copies a tensor and updates elements of the copy, one after the other. Indices are taken as they are, whatever their
/// bounds.
///
/// @param place the operator, for messages
/// @param reduction NONE, ADD, MUL, MAX or MIN
/// @param inputs data, indices, updates
public record ScatterReference(String place, String reduction, Rounding rounding, List<TensorView> inputs) {
    private TensorView copy() {
        TensorView y = TensorView.allocate(inputs.getFirst().type());
        inputs.getFirst().copyTo(y);
        return y;
    }

    public TensorView elements(long axis) {
        TensorView y = copy();
        TensorView indices = inputs.get(1);
        Shape shape = y.type().shape();
        int along = shape.normaliseAxis(axis);
        long[] strides = shape.strides();
        long[] others = strides.clone();
        others[along] = 0;
        StridedIndex same = new StridedIndex(indices.type().shape(), others);
        for (long i = 0; i < indices.type().shape().elements(); i++) {
            long at = index(indices.integer(i), shape.dim(along));
            update(y, same.at(i) + at * strides[along], i);
        }
        return y;
    }

    public TensorView parts() {
        TensorView y = copy();
        TensorView indices = inputs.get(1);
        Shape shape = y.type().shape();
        Shape stated = indices.type().shape();
        int coordinates = Math.toIntExact(stated.dim(stated.rank() - 1));
        long[] strides = shape.strides();
        long part = 1;
        for (int axis = coordinates; axis < shape.rank(); axis++) {
            part *= shape.dim(axis);
        }
        long rows = stated.elements() / coordinates;
        for (long row = 0; row < rows; row++) {
            long start = 0;
            for (int axis = 0; axis < coordinates; axis++) {
                start += index(indices.integer(row * coordinates + axis), shape.dim(axis)) * strides[axis];
            }
            for (long i = 0; i < part; i++) {
                update(y, start + i, row * part + i);
            }
        }
        return y;
    }

    private long index(long stated, long extent) {
        if (stated < -extent || stated >= extent) {
            throw new CompileException(
                    Code.INPUT_DATA,
                    place,
                    "reads the index " + stated + " but the extent is " + extent,
                    "indices are from -extent to extent - 1");
        }
        return stated < 0 ? stated + extent : stated;
    }

    private void update(TensorView y, long at, long update) {
        TensorView updates = inputs.get(2);
        ElementType element = y.type().element();
        if (element.isFloating()) {
            y.set(at, merged(new Arithmetic(rounding, element), y.get(at), updates.get(update)));
        } else {
            IntegerFunctions functions = new IntegerFunctions(element == ElementType.UINT64);
            long result = merged(functions, y.integer(at), updates.integer(update));
            y.setInteger(at, result, bound(y.bound(at), updates.bound(update)));
        }
    }

    /// Of integers. What may wrap may be anything.
    private double bound(double before, double update) {
        return switch (reduction) {
            case "ADD", "MUL" -> before > 0 || update > 0 ? Double.POSITIVE_INFINITY : 0;
            case "MAX", "MIN" -> Math.max(before, update);
            default -> update;
        };
    }

    private Bounded merged(Arithmetic arithmetic, Bounded before, Bounded update) {
        return switch (reduction) {
            case "ADD" -> arithmetic.stored(arithmetic.plus(before, update));
            case "MUL" -> arithmetic.stored(arithmetic.times(before, update));
            case "MAX" -> before.max(update);
            case "MIN" -> before.min(update);
            default -> update;
        };
    }

    private long merged(IntegerFunctions functions, long before, long update) {
        return switch (reduction) {
            case "ADD" -> functions.plus(before, update);
            case "MUL" -> functions.times(before, update);
            case "MAX" -> functions.max(before, update);
            case "MIN" -> functions.min(before, update);
            default -> update;
        };
    }
}
