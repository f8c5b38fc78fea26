package dev.sinter.frontend.onnx.node;

import dev.sinter.frontend.onnx.file.Allocation;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Role;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/// Computes on known tensors during an import, and counts the memory that this takes: a file of a hundred bytes can
/// ask for terabytes.
public final class Folding {
    /// How many bytes one import may make beyond those that the file holds.
    public static final long MOST_BYTES = 4L << 30;

    /// Beyond as many element operations a node is left to run.
    private static final long MOST_WORK = 1L << 26;

    private long bytes;

    /// A tensor of zeros for the importer to fill.
    ///
    /// @throws CompileException if the import has made too much by now
    public Tensor allocate(TensorType type, String place) {
        count(type, place);
        return Allocation.tensor(type, place);
    }

    private void count(TensorType type, String place) {
        long more = type.requireComputable(place).bytes();
        if (more > MOST_BYTES - bytes) {
            throw new CompileException(
                    Code.ONNX_TENSOR,
                    place,
                    "would make a constant " + type + " of " + more + " bytes but an import may make " + MOST_BYTES
                            + ", of which " + bytes + " are used",
                    "store large constants in the file");
        }
        bytes += more;
    }

    /// What `op` yields; empty if that is too much work for now.
    public Optional<Tensor> evaluate(Op op, List<Tensor> inputs, TensorType type, String place) {
        Op.Signature types = new Op.Signature(inputs.stream().map(Tensor::type).toList(), List.of(type));
        if (op.role() == Role.RESHAPE || op.isIdentity(types)) {
            return Optional.of(inputs.getFirst().reshaped(type.shape()));
        }
        if (!isCheap(op) && work(inputs, type) > MOST_WORK) {
            return Optional.empty();
        }
        count(type, place);
        return Optional.of(Allocation.guarded(type.bytes(), place, () -> {
            TensorView output = TensorView.allocate(type);
            op.evaluate(Rounding.none(), inputs.stream().map(TensorView::of).toList(), List.of(output));
            return output.rounded();
        }));
    }

    /// As [#evaluate(Op, List, TensorType, String)], of all outputs. What runs on the host is always evaluated: only then
    /// are its extents known.
    public Optional<List<Tensor>> evaluateAll(Op op, List<Tensor> inputs, List<TensorType> types, String place) {
        if (!op.runsOnHost() && !isCheap(op) && work(inputs, types.getFirst()) > MOST_WORK) {
            return Optional.empty();
        }
        types.forEach(type -> count(type, place));
        long bytes = types.stream().mapToLong(TensorType::bytes).sum();
        return Optional.of(Allocation.guarded(
                bytes,
                place,
                () -> results(op, inputs, place).stream()
                        .map(TensorView::rounded)
                        .toList()));
    }

    private static List<TensorView> results(Op op, List<Tensor> inputs, String place) {
        try {
            return op.results(Rounding.none(), inputs.stream().map(TensorView::of).toList());
        } catch (CompileException fault) {
            throw fault.at(place);
        }
    }

    private static boolean isCheap(Op op) {
        return op.isElementwise() || op.role() == Role.MOVEMENT || op instanceof Reduce;
    }

    /// At most how many element operations an operator takes whose every output may depend on a whole input.
    private static double work(List<Tensor> inputs, TensorType type) {
        long largest = inputs.stream()
                .mapToLong(input -> input.shape().elements())
                .max()
                .orElse(0);
        return (double) type.shape().elements() * largest;
    }
}
