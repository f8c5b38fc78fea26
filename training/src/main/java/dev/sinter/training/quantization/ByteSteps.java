package dev.sinter.training.quantization;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.UniqueNames;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Quantize;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Adds to a graph the steps that make bytes of real numbers and real numbers of bytes: those that
/// QuantizeLinear and DequantizeLinear of ONNX come to when they are read, and that become them when written.
final class ByteSteps {
    private final Graph.Builder graph;
    private final UniqueNames names = new UniqueNames();

    /// @param of whose names are taken
    ByteSteps(Graph.Builder graph, Graph of) {
        this.graph = graph;
        of.inputs().forEach(value -> names.reserve(value.name()));
        of.constants().keySet().forEach(value -> names.reserve(value.name()));
        of.nodes().forEach(node -> {
            names.reserve(node.name());
            node.outputs().forEach(value -> names.reserve(value.name()));
        });
    }

    /// A name that nothing has yet.
    String fresh(String wanted) {
        return names.next(wanted);
    }

    Value add(String wanted, Op op, Value... operands) {
        return graph.add(fresh(wanted), op, operands);
    }

    Value constant(String wanted, Tensor tensor) {
        return graph.constant(fresh(wanted), tensor);
    }

    /// A node whose one output has a name of its own.
    Value add(Node like, Op op, List<Value> operands, String output) {
        Value value = new Value(output, like.output().type());
        graph.add(new Node(like.name(), op, operands, List.of(value)));
        return value;
    }

    /// The bytes that stand for `x`.
    Value quantized(Value x, QuantizationParameters parameters) {
        Value steps = parameters.scale() == 1
                ? x
                : add(x.name() + "_steps", new Binary(Binary.Kind.DIV), x, scale(x.name(), parameters));
        Quantize quantize = new Quantize(parameters.element(), parameters.least(), parameters.most());
        String name = x.name() + "_quantized";
        if (parameters.zeroPoint() == 0) {
            return add(name, quantize, steps);
        }
        Value zeroPoint = constant(
                x.name() + "_zero_point", Tensor.filled(TensorType.of(parameters.element()), parameters.zeroPoint()));
        return add(name, quantize, steps, zeroPoint);
    }

    /// The real numbers that bytes stand for.
    ///
    /// @param of what they are called after
    /// @param output what they are called
    Value real(String of, Value bytes, QuantizationParameters parameters, String output) {
        Value integers = add(of + "_integers", new Cast(ElementType.INT32), bytes);
        if (parameters.zeroPoint() != 0) {
            Value zeroPoint =
                    constant(of + "_zero", Tensor.filled(TensorType.of(ElementType.INT32), parameters.zeroPoint()));
            integers = add(of + "_centred", new Binary(Binary.Kind.SUB), integers, zeroPoint);
        }
        return scaled(of, integers, scale(of, parameters), output);
    }

    /// The real numbers that constants stand for: weights in bytes or a bias of `i32`.
    Value realConstant(String of, Tensor integers, Tensor scales) {
        Value stored = constant(of + "_quantized", integers);
        Value wide = integers.type().element() == ElementType.INT32
                ? stored
                : add(of + "_integers", new Cast(ElementType.INT32), stored);
        return scaled(of, wide, constant(of + "_scale", scales), fresh(of + "_dequantized"));
    }

    /// What the product reads whose weights these are.
    ///
    /// @param data what it multiplies
    /// @param weights what they are called after
    /// @param bias what it is called after, if there is one
    List<Value> operands(Value data, QuantizedWeights quantized, String weights, String bias) {
        List<Value> operands = new ArrayList<>();
        operands.add(data);
        operands.add(realConstant(weights, quantized.weights(), quantized.weightScales()));
        quantized
                .bias()
                .ifPresent(integers -> operands.add(
                        realConstant(bias, integers, quantized.biasScales().orElseThrow())));
        return operands;
    }

    private Value scaled(String of, Value integers, Value scale, String output) {
        Value numbers = add(of + "_numbers", new Cast(ElementType.FLOAT32), integers);
        return graph.add(output, new Binary(Binary.Kind.MUL), numbers, scale);
    }

    private Value scale(String of, QuantizationParameters parameters) {
        return constant(of + "_scale", Tensor.filled(TensorType.of(ElementType.FLOAT32), parameters.scale()));
    }
}
