package dev.sinter.frontend.onnx.node;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Which axes a reduction runs along. They were an attribute of all reductions once, and became an operand with opset
/// 13 or 18.
///
/// @param axes counted from the front, ascending; empty if nothing is reduced
public record ReductionAxes(List<Long> axes, boolean keepDims) {
    /// @param asInput the opset from which the axes are an operand
    public static ReductionAxes of(OnnxNode node, int asInput) {
        boolean isInput = node.opset() >= asInput;
        Optional<List<Long>> named =
                isInput ? node.optionalIntegers(1, "axes") : node.attributes().integers("axes");
        boolean keepDims = node.attributes().flag("keepdims", true);
        boolean noneMeansNone = isInput && node.attributes().flag("noop_with_empty_axes", false);
        int rank = node.input().type().shape().rank();
        if (named.isPresent() && !named.get().isEmpty()) {
            List<Long> axes = Axes.normal(node, named.get(), rank).stream()
                    .map(Integer::longValue)
                    .toList();
            return new ReductionAxes(axes, keepDims);
        }
        return new ReductionAxes(
                noneMeansNone ? List.of() : LongStream.range(0, rank).boxed().toList(), keepDims);
    }
}
