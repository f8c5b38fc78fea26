package dev.sinter.frontend.onnx.node;

import dev.sinter.frontend.onnx.file.Attributes;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The attributes that all sliding windows share, complete and checked: one entry per spatial dimension, but twice as
/// many pads.
public record WindowAttributes(
        List<Long> kernel, List<Long> strides, List<Long> pads, List<Long> dilations, AutoPad autoPad) {
    /// @param input the shape that the window slides over: batch, channels, then the spatial dimensions
    /// @param kernel what `kernel_shape` must be
    public static WindowAttributes of(OnnxNode node, Shape input, List<Long> kernel) {
        int rank = input.rank() - 2;
        if (rank < 1 || kernel.size() != rank) {
            throw node.fault(
                    Code.SHAPE_RANK,
                    "input has shape " + input + " but a window of shape " + kernel + " needs rank "
                            + (kernel.size() + 2),
                    "dimensions are batch, channels, then one per window dimension");
        }
        Attributes attributes = node.attributes();
        attributes.integers("kernel_shape").ifPresent(declared -> {
            if (!declared.equals(kernel)) {
                throw node.attributeFault("kernel_shape is " + declared + " but the weights have " + kernel);
            }
        });
        List<Long> ones = Collections.nCopies(rank, 1L);
        List<Long> none = Collections.nCopies(2 * rank, 0L);
        return new WindowAttributes(
                kernel,
                list(node, "strides", ones, 1),
                list(node, "pads", none, 0),
                list(node, "dilations", ones, 1),
                AutoPad.of(attributes));
    }

    /// Large values are no window over any tensor, but would overflow the arithmetic on shapes.
    public static List<Long> list(OnnxNode node, String name, List<Long> byDefault, long least) {
        List<Long> values = node.attributes().integers(name).orElse(byDefault);
        if (values.size() != byDefault.size()) {
            throw node.attributeFault(
                    name + " " + values + " has " + values.size() + " entries but " + byDefault.size() + " are needed");
        }
        return bounded(node, name, values, least);
    }

    public static List<Long> bounded(OnnxNode node, String name, List<Long> values, long least) {
        for (long value : values) {
            if (value < least || value > Integer.MAX_VALUE) {
                throw node.attributeFault(name + " " + values + " must be from " + least + " to " + Integer.MAX_VALUE);
            }
        }
        return values;
    }

    /// How many input elements the window reaches over, per dimension.
    public List<Long> spans() {
        List<Long> spans = new ArrayList<>();
        for (int axis = 0; axis < kernel.size(); axis++) {
            spans.add((kernel.get(axis) - 1) * dilations.get(axis) + 1);
        }
        return spans;
    }

    /// Begins, then ends, with `auto_pad` worked out.
    public List<Long> padsOver(Shape input) {
        return autoPad.pads(input, spans(), strides, pads);
    }

    public Window window(Shape input, boolean ceilMode) {
        return new Window(kernel, strides, padsOver(input), dilations, ceilMode);
    }
}
