package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Branches and loops whose way is known: the branch that is taken, and a loop's body as often as it runs, are written
/// into the network.
final class ControlFlow {
    static final List<Row> ROWS = List.of(
            Row.many("If", 1, Integer.MAX_VALUE, ControlFlow::branch),
            Row.many("Loop", 1, Integer.MAX_VALUE, ControlFlow::loop));

    /// A body without nodes could go round for ever.
    private static final long MOST_TRIPS = 1 << 16;

    private static final int FIRST_STATE = 2;

    private ControlFlow() {}

    private static List<Operand> branch(OnnxNode node) {
        Tensor condition = node.known(0, "cond");
        GraphProto taken = node.attributes().requiredGraph("then_branch");
        GraphProto other = node.attributes().requiredGraph("else_branch");
        List<Operand> results = node.inline(isTrue(node, condition, "cond") ? taken : other, List.of());
        if (results.size() < node.outputCount()) {
            throw node.fault(
                    Code.OPERANDS,
                    "has " + node.outputCount() + " outputs but its branch yields " + results.size(),
                    null);
        }
        return results;
    }

    private static boolean isTrue(OnnxNode node, Tensor condition, String what) {
        if (condition.shape().elements() != 1 || condition.type().element() != ElementType.BOOL) {
            throw node.fault(Code.ONNX_TENSOR, what + " is " + condition.type() + " but one bool is expected", null);
        }
        return condition.getLong(0) != 0;
    }

    private static List<Operand> loop(OnnxNode node) {
        GraphProto body = node.attributes().requiredGraph("body");
        OptionalLong trips = node.optionalKnown(0, "M").stream()
                .mapToLong(count -> Selections.single(node, count, "M"))
                .findFirst();
        Optional<Tensor> condition = node.optionalKnown(1, "cond");
        boolean goesOn = condition.map(first -> isTrue(node, first, "cond")).orElse(true);
        List<Operand> states = new ArrayList<>();
        for (int i = FIRST_STATE; i < node.inputCount(); i++) {
            states.add(node.input(i, "v_initial"));
        }
        int carried = states.size();
        int stacks = body.getOutputCount() - 1 - carried;
        if (stacks < 0 || carried + stacks < node.outputCount()) {
            throw node.fault(
                    Code.OPERANDS,
                    "carries " + carried + " values and has " + node.outputCount() + " outputs but its body yields "
                            + body.getOutputCount() + ", a condition among them",
                    null);
        }
        List<List<Operand>> stacked = new ArrayList<>();
        long trip = 0;
        for (; goesOn && (trips.isEmpty() || trip < trips.getAsLong()); trip++) {
            if (trip == MOST_TRIPS) {
                throw tooLong(node, trips);
            }
            List<Operand> results = node.inline(body, arguments(node, body, trip, states));
            states = results.subList(1, 1 + carried);
            stacked.add(results.subList(1 + carried, results.size()));
            boolean last = trips.isPresent() && trip + 1 == trips.getAsLong();
            goesOn =
                    last || condition.isEmpty() || isTrue(node, next(node, results.getFirst()), "the body's condition");
        }
        List<Operand> outputs = new ArrayList<>(states);
        if (stacks > 0 && stacked.isEmpty()) {
            List<Operand> types = node.inline(body, arguments(node, body, 0, states));
            types.subList(1 + carried, types.size()).forEach(like -> outputs.add(none(node, like.type())));
            return outputs;
        }
        for (int i = 0; i < stacks; i++) {
            int number = i;
            outputs.add(stack(
                    node, stacked.stream().map(results -> results.get(number)).toList(), 0));
        }
        return outputs;
    }

    private static CompileException tooLong(OnnxNode node, OptionalLong trips) {
        String count = trips.isPresent() ? trips.getAsLong() + " times" : "as long as its condition holds";
        return node.unsupported("runs its body " + count + " but at most " + MOST_TRIPS + " times are supported");
    }

    /// Whether to go on must be known, or the network would be another one with each run.
    private static Tensor next(OnnxNode node, Operand condition) {
        if (condition instanceof Operand.Known known) {
            return known.tensor();
        }
        throw node.fault(
                Code.ONNX_DYNAMIC,
                "goes on as long as a condition holds that is computed: " + condition.type(),
                "export the model with a known number of iterations");
    }

    private static List<Operand> arguments(OnnxNode node, GraphProto body, long trip, List<Operand> states) {
        Tensor number = Tensor.ofLongs(parameter(body, 0), trip);
        Tensor condition = Tensor.filled(new TensorType(ElementType.BOOL, parameter(body, 1)), 1);
        List<Operand> arguments = new ArrayList<>(List.of(node.constant(number), node.constant(condition)));
        arguments.addAll(states);
        return arguments;
    }

    /// Scalars, which some exporters declare as lists of one.
    private static Shape parameter(GraphProto body, int i) {
        if (i >= body.getInputCount()) {
            return Shape.of();
        }
        ValueInfoProto input = body.getInput(i);
        return input.getType().getTensorType().getShape().getDimCount() == 1 ? Shape.of(1) : Shape.of();
    }

    private static Operand none(OnnxNode node, TensorType each) {
        return node.constant(node.allocate(each.withShape(with(each.shape(), 0, 0))));
    }

    private static Shape with(Shape shape, int axis, long extent) {
        List<Long> dims = new ArrayList<>(shape.dims());
        dims.add(axis, extent);
        return new Shape(dims);
    }

    /// Tensors of one shape along a new dimension.
    static Operand stack(OnnxNode node, List<Operand> parts, int axis) {
        List<Operand> each = parts.stream()
                .map(part -> node.apply(
                        new Reshape(with(part.type().shape(), axis, 1).dims()), part))
                .toList();
        return each.size() == 1 ? each.getFirst() : node.apply(new Concat(axis), each);
    }
}
