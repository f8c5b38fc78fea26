package dev.sinter.frontend.onnx.operator;

import static dev.sinter.ir.op.Binary.Kind.ADD;
import static dev.sinter.ir.op.Binary.Kind.DIV;
import static dev.sinter.ir.op.Binary.Kind.MAX;
import static dev.sinter.ir.op.Binary.Kind.MIN;
import static dev.sinter.ir.op.Binary.Kind.MUL;
import static dev.sinter.ir.op.Binary.Kind.POW;
import static dev.sinter.ir.op.Binary.Kind.SUB;

import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// ArithmeticOperators of two or more operands, and clipping.
final class ArithmeticOperators {
    static final List<Row> ROWS = List.of(
            Row.of("Add", node -> binary(node, ADD)),
            Row.of("Sub", node -> binary(node, SUB)),
            Row.of("Mul", node -> binary(node, MUL)),
            Row.of("Div", node -> binary(node, DIV)),
            Row.of("Pow", ArithmeticOperators::power),
            Row.of("Max", node -> chain(node, MAX)),
            Row.of("Min", node -> chain(node, MIN)),
            Row.of("Sum", node -> chain(node, ADD)),
            Row.of("Mean", ArithmeticOperators::mean),
            Row.of("Clip", 1, 10, ArithmeticOperators::clipByAttributes),
            Row.of("Clip", 11, ArithmeticOperators::clipByInputs));

    private ArithmeticOperators() {}

    private static Operand binary(OnnxNode node, Binary.Kind kind) {
        return node.apply(new Binary(kind), node.input(0, "A"), second(node));
    }

    /// Before opset 7 the second operand was stretched only where `broadcast` said so, and from dimension `axis` on.
    static Operand second(OnnxNode node) {
        Operand b = node.input(1, "B");
        if (node.opset() >= 7) {
            return b;
        }
        Shape shape = node.input(0, "A").type().shape();
        int ownRank = b.type().shape().rank();
        boolean broadcast = node.attributes().flag("broadcast", false);
        Optional<Long> axis = node.attributes().integer("axis");
        if (!broadcast && !shape.equals(b.type().shape())) {
            throw node.fault(
                    Code.SHAPE_BROADCAST,
                    "shapes " + shape + " and " + b.type().shape() + " differ but broadcast is not set",
                    "before opset 7, operands are stretched only on demand");
        }
        if (!broadcast || axis.isEmpty()) {
            return b;
        }
        long first = axis.get() < 0 ? axis.get() + shape.rank() : axis.get();
        if (first < 0 || first + ownRank > shape.rank()) {
            throw node.fault(
                    Code.SHAPE_AXIS,
                    "operands " + shape + " and " + b.type().shape() + " do not go together from axis " + axis.get(),
                    null);
        }
        List<Long> dims = new ArrayList<>(b.type().shape().dims());
        while (dims.size() < shape.rank() - first) {
            dims.add(1L);
        }
        return node.apply(new Reshape(dims), b);
    }

    private static Operand chain(OnnxNode node, Binary.Kind kind) {
        List<Operand> operands = node.inputs();
        if (operands.size() == 1) {
            return node.same(operands.getFirst());
        }
        Operand result = operands.getFirst();
        for (Operand operand : operands.subList(1, operands.size())) {
            result = node.apply(new Binary(kind), result, operand);
        }
        return result;
    }

    private static Operand mean(OnnxNode node) {
        Operand sum = chain(node, ADD);
        return node.inputCount() == 1 ? sum : node.apply(new Binary(DIV), sum, node.scalar(node.inputCount()));
    }

    /// The exponent may have another type than the base, whose type the result has. One that is known is better written
    /// in that.
    private static Operand power(OnnxNode node) {
        Operand base = node.input(0, "X");
        Operand exponent = second(node);
        return node.apply(new Binary(POW), base, inTypeOf(base, exponent, node));
    }

    private static Operand inTypeOf(Operand base, Operand exponent, OnnxNode node) {
        if (!(exponent instanceof Operand.Known known)
                || exponent.type().element() == base.type().element()) {
            return exponent;
        }
        Tensor converted = known.tensor().converted(base.type().element());
        for (long i = 0; i < converted.shape().elements(); i++) {
            if (converted.get(i) != known.tensor().get(i)) {
                return exponent;
            }
        }
        return node.constant(converted);
    }

    private static Operand clipByAttributes(OnnxNode node) {
        double min = node.attributes().number("min").orElse(Double.NEGATIVE_INFINITY);
        double max = node.attributes().number("max").orElse(Double.POSITIVE_INFINITY);
        return node.apply(new Clip(min, max), node.input());
    }

    private static Operand clipByInputs(OnnxNode node) {
        Operand x = node.input();
        Optional<Operand> min = node.optional(1);
        Optional<Operand> max = node.optional(2);
        if (min.isEmpty() && max.isEmpty()) {
            return node.same(x);
        }
        Optional<Double> least = min.isEmpty() ? Optional.of(Double.NEGATIVE_INFINITY) : number(min.get());
        Optional<Double> most = max.isEmpty() ? Optional.of(Double.POSITIVE_INFINITY) : number(max.get());
        if (x.type().element().isFloating() && least.isPresent() && most.isPresent()) {
            return node.apply(new Clip(least.get(), most.get()), x);
        }
        Operand result = x;
        if (min.isPresent()) {
            result = node.apply(new Binary(MAX), result, min.get());
        }
        return max.isPresent() ? node.apply(new Binary(MIN), result, max.get()) : result;
    }

    private static Optional<Double> number(Operand operand) {
        return operand instanceof Operand.Known known && known.type().shape().elements() == 1
                ? Optional.of(known.tensor().get(0))
                : Optional.empty();
    }
}
