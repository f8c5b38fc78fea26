package dev.sinter.frontend.onnx.node;

import dev.sinter.frontend.onnx.file.Attributes;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The `auto_pad` attribute of sliding windows, which asks for the padding to be worked out.
public enum AutoPad {
    NOTSET,
    VALID,
    /// As many outputs as inputs, divided by the stride; the odd element of padding is at the end.
    SAME_UPPER,
    /// Likewise, the odd element at the beginning.
    SAME_LOWER;

    public static AutoPad of(Attributes attributes) {
        return valueOf(
                attributes.word("auto_pad", NOTSET.name(), List.of("NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER")));
    }

    public boolean isSame() {
        return this == SAME_UPPER || this == SAME_LOWER;
    }

    /// Begins, then ends.
    ///
    /// @param spans how many elements the window reaches over, per spatial dimension
    public List<Long> pads(Shape input, List<Long> spans, List<Long> strides, List<Long> explicit) {
        return switch (this) {
            case NOTSET -> explicit;
            case VALID -> Collections.nCopies(2 * spans.size(), 0L);
            case SAME_UPPER, SAME_LOWER -> {
                List<Long> totals = new ArrayList<>();
                for (int axis = 0; axis < spans.size(); axis++) {
                    long extent = input.dim(axis + 2);
                    long outputs = Math.ceilDiv(extent, strides.get(axis));
                    totals.add(Math.max(0, (outputs - 1) * strides.get(axis) + spans.get(axis) - extent));
                }
                yield split(totals, this == SAME_UPPER);
            }
        };
    }

    /// Begins, then ends, that add up to `totals`.
    public static List<Long> split(List<Long> totals, boolean oddAtEnd) {
        List<Long> pads = new ArrayList<>();
        for (long total : totals) {
            pads.add(oddAtEnd ? total / 2 : total - total / 2);
        }
        for (int axis = 0; axis < totals.size(); axis++) {
            pads.add(totals.get(axis) - pads.get(axis));
        }
        return pads;
    }
}
