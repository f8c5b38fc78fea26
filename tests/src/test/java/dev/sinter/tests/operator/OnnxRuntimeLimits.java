package dev.sinter.tests.operator;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.Lrn;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Window;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;

/// What ONNX Runtime may refuse on a CPU, though ONNX has it.
@NullMarked
final class OnnxRuntimeLimits {
    private OnnxRuntimeLimits() {}

    static boolean refuses(Graph graph) {
        return graph.nodes().stream().anyMatch(OnnxRuntimeLimits::refuses);
    }

    private static boolean refuses(Node node) {
        if (node.op() instanceof Lrn lrn) {
            return lrn.size() % 2 == 0 || node.output().type().shape().rank() != 4;
        }
        if (node.op() instanceof Pad pad && pad.mode() != Pad.Mode.CONSTANT) {
            // It crops first, and may then have too little to go on with.
            return pad.pads().stream().anyMatch(extent -> extent < 0);
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
