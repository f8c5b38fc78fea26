package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.Attributes;
import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.file.TensorDecoder;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Operators that yield what is known before the network runs.
final class ConstantOperators {
    static final List<Row> ROWS = List.of(
            Row.of("Constant", ConstantOperators::constant),
            Row.of("ConstantOfShape", 9, ConstantOperators::ofShape).knowing(0),
            Row.of("Shape", ConstantOperators::shape),
            Row.of(
                    "Size",
                    node -> integers(
                            node, Shape.of(), node.input().type().shape().elements())),
            Row.of("Range", 11, ConstantOperators::range).knowing(0, 1, 2));

    private ConstantOperators() {}

    private static Operand integers(OnnxNode node, Shape shape, long... values) {
        return node.constant(Tensor.ofLongs(shape, values));
    }

    private static Operand constant(OnnxNode node) {
        Attributes attributes = node.attributes();
        Optional<TensorProto> tensor = attributes.tensor("value");
        if (tensor.isPresent()) {
            return node.constant(decode(node, tensor.get()));
        }
        Optional<Double> number = attributes.number("value_float");
        if (number.isPresent()) {
            return node.scalar(number.get());
        }
        Optional<Long> integer = attributes.integer("value_int");
        if (integer.isPresent()) {
            return integers(node, Shape.of(), integer.get());
        }
        Optional<List<Float>> numbers = attributes.numbers("value_floats");
        if (numbers.isPresent()) {
            Tensor list = node.allocate(TensorType.float32(numbers.get().size()));
            for (int i = 0; i < numbers.get().size(); i++) {
                list.set(i, numbers.get().get(i));
            }
            return node.constant(list);
        }
        Optional<List<Long>> integers = attributes.integers("value_ints");
        if (integers.isPresent()) {
            long[] values = integers.get().stream().mapToLong(Long::longValue).toArray();
            return integers(node, Shape.of(values.length), values);
        }
        for (String unsupported : List.of("sparse_value", "value_string", "value_strings")) {
            if (attributes.has(unsupported)) {
                throw node.unsupported("has the attribute " + unsupported + ", which is not supported");
            }
        }
        throw node.attributeFault("has no attribute 'value' or one like it");
    }

    /// A tensor from an attribute, in the type that graphs compute in.
    private static Tensor decode(OnnxNode node, TensorProto proto) {
        Tensor tensor = TensorDecoder.decode(proto, node.place(), node.state().external());
        DataType.of(proto.getDataType()).ifPresent(type -> node.declare(0, type));
        return tensor.converted(DataType.computed(tensor.type().element()));
    }

    private static Operand ofShape(OnnxNode node) {
        Shape shape = node.shape(node.knownIntegers(0, "input"));
        Tensor value = node.attributes()
                .tensor("value")
                .map(proto -> decode(node, proto))
                .orElseGet(() -> Tensor.ofFloats(Shape.of(1), 0));
        if (value.shape().elements() != 1) {
            throw node.fault(Code.ONNX_ATTRIBUTE, "value is " + value.type() + " but one element is expected", null);
        }
        Tensor filled = node.allocateForCopies(value.type().withShape(shape));
        fill(filled.data(), value.data());
        return node.constant(filled);
    }

    /// Repeats an element, by copies of twice the length each time: networks of constant weights have millions.
    private static void fill(MemorySegment all, MemorySegment element) {
        for (long done = 0; done < all.byteSize(); ) {
            MemorySegment from = done == 0 ? element : all.asSlice(0, Math.min(done, all.byteSize() - done));
            MemorySegment.copy(from, 0, all, done, from.byteSize());
            done += from.byteSize();
        }
    }

    private static Operand shape(OnnxNode node) {
        Shape shape = node.input().type().shape();
        int rank = shape.rank();
        long start = node.attributes().integer("start", 0);
        long end = node.attributes().integer("end", rank);
        int from = (int) Math.clamp(start < 0 ? start + rank : start, 0L, rank);
        int to = (int) Math.clamp(end < 0 ? end + rank : end, 0L, rank);
        long[] dims = LongStream.range(from, Math.max(from, to))
                .map(axis -> shape.dim((int) axis))
                .toArray();
        return integers(node, Shape.of(dims.length), dims);
    }

    /// start, start + delta, … before limit.
    private static Operand range(OnnxNode node) {
        List<Tensor> operands = node.allKnown();
        if (operands.size() != 3
                || operands.stream().anyMatch(tensor -> tensor.shape().elements() != 1)) {
            throw node.fault(Code.OPERANDS, "needs start, limit and delta, one number each", null);
        }
        double start = operands.get(0).get(0);
        double delta = operands.get(2).get(0);
        double count = Math.max(0, Math.ceil((operands.get(1).get(0) - start) / delta));
        if (!(count < Integer.MAX_VALUE)) {
            throw node.fault(Code.OPERANDS, "would have " + count + " elements", null);
        }
        ElementType element = operands.getFirst().type().element();
        Tensor range = node.allocate(TensorType.of(element, (long) count));
        for (long i = 0; i < range.shape().elements(); i++) {
            range.set(i, start + i * delta);
        }
        return node.constant(range);
    }
}
