package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.NonMaxSuppressionReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// For each image and class the boxes of the highest scores of which no two overlap by more than a threshold, as
/// triples (image, class, box), in that order, the highest score first.
///
/// It reads boxes `[images, boxes, 4]`, scores `[images, classes, boxes]`, how many boxes to select of each class at
/// most, the largest intersection over union that two of them may have, and if there is a fifth input, the score that a
/// box must be above. A box is two opposite corners, y before x, or its centre x, y with width and height.
///
/// @param most how many boxes of each class the third input may ask for; it bounds the extent of the output, which is
///     open
public record NonMaxSuppression(boolean centerPointBox, long most) implements HostOp {
    private static final int CORNERS = 4;
    private static final int OVERLAP = 3;
    private static final int REQUIRED = 4;

    public NonMaxSuppression {
        Checks.attribute(this, most >= 0, "most " + most + " must be at least 0");
    }

    @Override
    public String mnemonic() {
        return "non_max_suppression";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, REQUIRED, REQUIRED + 1);
        TensorType boxes = inputs.get(0);
        TensorType scores = inputs.get(1);
        Checks.floating(this, inputs.subList(0, 2));
        Checks.rank(this, "boxes", boxes, 3, 3);
        Checks.rank(this, "scores", scores, 3, 3);
        boolean fit = boxes.shape().dim(2) == CORNERS
                && boxes.shape().dim(0) == scores.shape().dim(0)
                && boxes.shape().dim(1) == scores.shape().dim(2);
        if (!fit) {
            throw Checks.fault(
                    Code.SHAPE_MISMATCH,
                    this,
                    "boxes are " + boxes + " and scores " + scores
                            + " but [images,boxes,4] and [images,classes,boxes] are expected",
                    null);
        }
        Checks.single(this, "the number of boxes", inputs.get(2));
        for (TensorType threshold : inputs.subList(OVERLAP, inputs.size())) {
            Checks.floating(this, List.of(threshold));
            if (threshold.shape().elements() != 1) {
                throw Checks.fault(
                        Code.SHAPE_ELEMENTS,
                        this,
                        "a threshold is " + threshold + " but one element is expected",
                        null);
            }
        }
        long classes = scores.shape().dim(0) * scores.shape().dim(1);
        return List.of(TensorType.of(
                ElementType.INT64, classes * Math.min(most, scores.shape().dim(2)), 3));
    }

    @Override
    public boolean hasOpenExtents(Signature types, int output) {
        return true;
    }

    /// An overlap is a part of a whole.
    @Override
    public IntegerRange integersFor(int operand) {
        return operand == OVERLAP ? new IntegerRange(0, 1) : IntegerRange.SMALL;
    }

    @Override
    public List<TensorView> results(Rounding rounding, List<TensorView> inputs) {
        long wanted = inputs.get(2).integer(0);
        double overlap = inputs.get(OVERLAP).value(0);
        if (!(overlap >= 0 && overlap <= 1)) {
            throw Checks.fault(Code.INPUT_DATA, this, "the overlap is " + overlap + " but must be from 0 to 1", null);
        }
        NonMaxSuppressionReference reference = new NonMaxSuppressionReference(
                centerPointBox, Math.min(Math.max(wanted, 0), most), overlap, inputs.get(0), inputs.get(1));
        return List.of(
                inputs.size() > REQUIRED
                        ? reference.selected(inputs.get(REQUIRED).value(0))
                        : reference.selected());
    }
}
