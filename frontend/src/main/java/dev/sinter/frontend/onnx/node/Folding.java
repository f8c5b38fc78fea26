package dev.sinter.frontend.onnx.node;

import dev.sinter.frontend.onnx.file.Allocation;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.MemoryLimit;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.Effort;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Role;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/// Computes on known tensors during an import, and counts the memory and the work that this takes: a file of a hundred
/// bytes can ask for terabytes, or for years.
public final class Folding {
    /// How many bytes one import may make beyond those that the file holds.
    public static final long MOST_BYTES = 2L << 30;

    /// Beyond as many element operations a node is left to run.
    private static final long MOST_WORK = 1L << 26;

    /// How many element operations an import may take of itself, about a second of them.
    private static final long WORK = 1L << 26;

    /// How many more for each element that the file holds: a large file takes long to read, too.
    private static final long WORK_PER_ELEMENT = 16;

    private final Effort effort;
    private long bytes;

    /// @param elements how many the file holds
    public Folding(long elements) {
        effort = new Effort(WORK + (double) WORK_PER_ELEMENT * elements);
    }

    /// A tensor of zeros for the importer to fill.
    ///
    /// @throws CompileException if the import has made too much by now
    public Tensor allocate(TensorType type, String place) {
        count(type, place);
        return Allocation.tensor(type, place);
    }

    /// One that is filled by copying blocks, which is hardly any work: networks of constant weights have millions.
    ///
    /// @throws CompileException likewise
    public Tensor allocateForCopies(TensorType type, String place) {
        countBytes(type, place);
        return Allocation.tensor(type, place);
    }

    /// Counts that the importer looks at each element of a known tensor.
    ///
    /// @throws CompileException if the import has done too much by now
    public void read(TensorType type, String place) {
        if (!effort.spend(type.shape().elements())) {
            throw new CompileException(
                    Code.ONNX_TENSOR,
                    place,
                    "reads " + type + " during the import, which by then took too much work for such a file",
                    "store what it computes as a constant");
        }
    }

    private void count(TensorType type, String place) {
        countBytes(type, place);
        if (!effort.spend(2.0 * type.shape().elements())) {
            throw new CompileException(
                    Code.ONNX_TENSOR,
                    place,
                    "would make a constant " + type + " of " + type.shape().elements() + " elements but an import of"
                            + " such a file may make " + (long) (effort.left() / 2) + " more",
                    "store large constants in the file");
        }
    }

    private void countBytes(TensorType type, String place) {
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
        MemoryLimit.require(bytes, place, "what the import makes up to here");
    }

    /// What `op` yields; empty if that is too much work for now.
    public Optional<Tensor> evaluate(Op op, List<Tensor> inputs, TensorType type, String place) {
        Op.Signature types = new Op.Signature(inputs.stream().map(Tensor::type).toList(), List.of(type));
        if (op.role() == Role.RESHAPE || op.isIdentity(types)) {
            return Optional.of(inputs.getFirst().reshaped(type.shape()));
        }
        if (!isWorthIt(op, types)) {
            return Optional.empty();
        }
        count(type, place);
        return Optional.of(Allocation.guarded(type.bytes(), place, () -> {
            TensorView output = TensorView.allocate(type);
            op.evaluate(Rounding.none(), inputs.stream().map(TensorView::of).toList(), List.of(output));
            return output.rounded();
        }));
    }

    /// Spends the work that it takes, but for what [#count] spends.
    private boolean isWorthIt(Op op, Op.Signature types) {
        double work = Effort.of(op, types.inputs(), types.outputs());
        double counted = types.outputs().stream()
                .mapToDouble(type -> 2.0 * type.shape().elements())
                .sum();
        return (Effort.isLinear(op) || work <= MOST_WORK)
                && work + counted <= effort.left()
                && effort.spend(Math.max(0, work - counted));
    }

    /// As [#evaluate(Op, List, TensorType, String)], of all outputs. What runs on the host is always evaluated: only
    /// then are its extents known.
    ///
    /// @throws CompileException if one that runs on the host is too much work; of others the result is empty
    public Optional<List<Tensor>> evaluateAll(Op op, List<Tensor> inputs, List<TensorType> types, String place) {
        Op.Signature signature =
                new Op.Signature(inputs.stream().map(Tensor::type).toList(), types);
        if (!isWorthIt(op, signature)) {
            if (op.runsOnHost()) {
                throw new CompileException(
                        Code.ONNX_TENSOR,
                        place,
                        "would take too long to work out from " + signature.inputs() + " during an import",
                        null);
            }
            return Optional.empty();
        }
        types.forEach(type -> count(type, place));
        long sum = types.stream().mapToLong(TensorType::bytes).sum();
        return Optional.of(Allocation.guarded(
                sum,
                place,
                () -> results(op, inputs, place).stream()
                        .map(TensorView::rounded)
                        .toList()));
    }

    private static List<TensorView> results(Op op, List<Tensor> inputs, String place) {
        try {
            return op.results(
                    Rounding.none(), inputs.stream().map(TensorView::of).toList());
        } catch (CompileException fault) {
            throw fault.at(place);
        }
    }
}
