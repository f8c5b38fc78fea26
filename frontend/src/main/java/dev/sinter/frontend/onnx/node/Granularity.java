package dev.sinter.frontend.onnx.node;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// How many elements of a tensor share a scale and a zero point: all; those at one place of an axis; or, of these, a
/// block of neighbours along that axis.
///
/// @param axis counts from the front; meaningless where all elements share one
/// @param block the extent of a block, 0 if there are none
public record Granularity(OnnxNode node, Shape shape, int axis, long block) {
    /// By the attributes `axis` and `block_size`.
    public static Granularity of(OnnxNode node, Shape shape) {
        long axis = node.attributes().integer("axis", 1);
        long block = node.attributes().integer("block_size", 0);
        if (block < 0) {
            throw node.attributeFault("block_size " + block + " must not be negative");
        }
        int normal = axis < -shape.rank() || axis >= shape.rank() ? -1 : (int) (axis < 0 ? axis + shape.rank() : axis);
        return new Granularity(node, shape, normal, block);
    }

    /// A scale or zero point in a shape that is stretched to the tensor's.
    ///
    /// @param what its name in messages
    public Operand spread(Operand parameter, String what) {
        Shape own = parameter.type().shape();
        if (block > 0) {
            return inBlocks(parameter, what);
        }
        if (own.elements() == 1 && own.rank() <= 1) {
            return own.rank() == 0 ? parameter : node.apply(new Reshape(List.of()), parameter);
        }
        requireAxis();
        if (own.rank() != 1 || own.dim(0) != shape.dim(axis)) {
            throw mismatch(parameter, what, "one number, or " + shape.dim(axis) + " along axis " + axis);
        }
        List<Long> dims = new ArrayList<>(Collections.nCopies(shape.rank(), 1L));
        dims.set(axis, own.dim(0));
        return node.apply(new Reshape(dims), parameter);
    }

    private void requireAxis() {
        if (axis < 0) {
            Axes.normal(node, node.attributes().integer("axis", 1), shape.rank());
        }
    }

    /// Each number as often as a block is long, and cut where the last block is shorter.
    private Operand inBlocks(Operand parameter, String what) {
        requireAxis();
        Shape own = parameter.type().shape();
        long blocks = Math.ceilDiv(shape.dim(axis), block);
        if (!own.equals(shape.with(axis, blocks))) {
            throw mismatch(parameter, what, "shape " + shape.with(axis, blocks) + " for blocks of " + block);
        }
        long length = Math.min(block, Math.max(1, shape.dim(axis)));
        List<Long> apart = new ArrayList<>(own.dims());
        apart.add(axis + 1, 1L);
        List<Long> ones = new ArrayList<>(Collections.nCopies(apart.size(), 1L));
        ones.set(axis + 1, length);
        Tensor factor = Tensor.filled(new TensorType(parameter.type().element(), new Shape(ones)), 1);
        Operand repeated = node.apply(
                new Binary(Binary.Kind.MUL), node.apply(new Reshape(apart), parameter), node.constant(factor));
        Operand whole = node.apply(
                new Reshape(own.with(axis, node.product(blocks, length)).dims()), repeated);
        long surplus = blocks * length - shape.dim(axis);
        if (surplus == 0) {
            return whole;
        }
        List<Long> pads = new ArrayList<>(Collections.nCopies(2 * shape.rank(), 0L));
        pads.set(shape.rank() + axis, -surplus);
        return node.apply(new Pad(pads, Pad.Mode.CONSTANT, 0), whole);
    }

    private RuntimeException mismatch(Operand parameter, String what, String expected) {
        return node.fault(
                Code.SHAPE_MISMATCH,
                what + " is " + parameter.type() + " but the input has shape " + shape + ", which takes " + expected,
                null);
    }
}
