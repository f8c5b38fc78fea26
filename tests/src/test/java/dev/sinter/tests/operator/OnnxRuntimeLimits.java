package dev.sinter.tests.operator;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.Lrn;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Where;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Window;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;

/// What ONNX Runtime may refuse on a CPU, though ONNX has it.
@NullMarked
final class OnnxRuntimeLimits {
    private OnnxRuntimeLimits() {}

    static boolean refuses(Graph graph) {
        return graph.nodes().stream().anyMatch(OnnxRuntimeLimits::refuses);
    }

    /// True if some maximum is over padding alone: ONNX Runtime takes the lowest finite number for that of nothing.
    static boolean takesTheMaximumOfNothing(Graph graph) {
        return graph.nodes().stream()
                .anyMatch(node -> node.op() instanceof MaxPool(Window window) && liesInPadding(window, node));
    }

    private static boolean liesInPadding(Window window, Node node) {
        return IntStream.range(0, window.rank()).anyMatch(axis -> {
            long extent = node.input(0).type().shape().dim(axis + 2);
            long outputs = node.output().type().shape().dim(axis + 2);
            return LongStream.range(0, outputs)
                    .map(output -> output * window.strides().get(axis) - window.padBegin(axis))
                    .anyMatch(start -> LongStream.range(0, window.kernel().get(axis))
                            .map(point -> start + point * window.dilations().get(axis))
                            .allMatch(at -> at < 0 || at >= extent));
        });
    }

    private static boolean refuses(Node node) {
        if (node.op() instanceof Lrn lrn) {
            return lrn.size() % 2 == 0 || node.output().type().shape().rank() != 4;
        }
        if (node.op() instanceof Pad pad && pad.mode() != Pad.Mode.CONSTANT) {
            // It crops first, and may then have too little to go on with.
            return pad.pads().stream().anyMatch(extent -> extent < 0);
        }
        if (node.op() instanceof Where || node.op() instanceof Reduce) {
            return node.output().type().element() == ElementType.BOOL;
        }
        return node.op() instanceof MaxPool(Window window) && isPaddedBeyondKernel(window)
                || node.op() instanceof AveragePool(Window own, boolean _) && isPaddedBeyondKernel(own);
    }

    /// Where a window is dilated, more padding than the kernel has elements makes sense.
    private static boolean isPaddedBeyondKernel(Window window) {
        return IntStream.range(0, window.rank())
                .anyMatch(axis -> Math.max(window.padBegin(axis), window.padEnd(axis))
                        >= window.kernel().get(axis));
    }
}
