package dev.sinter.frontend.onnx.exporting;

import dev.sinter.ir.graph.Node;
import dev.sinter.ir.op.DeformConv;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.List;
import java.util.stream.IntStream;

/// What operators with sliding windows are in ONNX.
final class WindowForms {
    private WindowForms() {}

    static NodeForm window(String operator, Window window) {
        return NodeForm.of(operator)
                .integers("kernel_shape", window.kernel())
                .integers("strides", window.strides())
                .integers("pads", window.pads())
                .integers("dilations", window.dilations());
    }

    /// Dilations came with the opset that is written; what makes integer operators of averages does not know them.
    static NodeForm averagePool(Window window) {
        NodeForm form = NodeForm.of("AveragePool")
                .integers("kernel_shape", window.kernel())
                .integers("strides", window.strides())
                .integers("pads", window.pads());
        return window.dilations().stream().allMatch(dilation -> dilation == 1)
                ? form
                : form.integers("dilations", window.dilations());
    }

    /// ONNX has a bias before the mask.
    static NodeForm deformConv(DeformConv conv, Node node) {
        Shape weights = node.input(1).type().shape();
        NodeForm form = window("DeformConv", conv.window(weights))
                .integer("group", conv.groups())
                .integer("offset_group", conv.offsetGroups());
        return conv.masked() ? form.operandAt(3, "B", Tensor.allocate(TensorType.float32(weights.dim(0)))) : form;
    }

    /// A window with stride 1 that makes the wanted extents of those there are.
    static NodeForm unpool(List<Long> shape, Shape x) {
        List<Long> kernel = IntStream.range(2, x.rank())
                .mapToObj(axis -> shape.get(axis) - x.dim(axis) + 1)
                .toList();
        return NodeForm.of("MaxUnpool").integers("kernel_shape", kernel);
    }
}
