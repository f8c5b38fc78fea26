package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.Axes;
import dev.sinter.frontend.onnx.node.Formulas;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Scan: a body that runs once for each slice of its inputs, written into the network as often.
final class Scans {
    static final List<Row> ROWS = List.of(
            new Row("Scan", 8, 8, Integer.MAX_VALUE, Scans::ofBatch),
            Row.many("Scan", 9, Integer.MAX_VALUE, Scans::of));

    private final OnnxNode node;
    private final GraphProto body;
    private final int scanned;
    private final int carried;
    private final int stacked;

    /// @param inputs how many of the node's are states or scanned
    private Scans(OnnxNode node, int inputs) {
        this.node = node;
        this.body = node.attributes().requiredGraph("body");
        long count = node.attributes().requiredInteger("num_scan_inputs");
        if (count < 1 || count > inputs) {
            throw node.attributeFault("num_scan_inputs is " + count + " but there are " + inputs + " inputs");
        }
        this.scanned = (int) count;
        this.carried = inputs - scanned;
        this.stacked = body.getOutputCount() - carried;
        if (stacked < 0 || body.getOutputCount() < node.outputCount()) {
            throw node.fault(
                    Code.OPERANDS,
                    "carries " + carried + " values and has " + node.outputCount() + " outputs but its body yields "
                            + body.getOutputCount(),
                    null);
        }
    }

    private List<Long> listed(String attribute, int count) {
        List<Long> list = node.attributes().integers(attribute).orElse(Collections.nCopies(count, 0L));
        if (list.size() != count) {
            throw node.attributeFault("has " + list.size() + " " + attribute + " but " + count + " are expected");
        }
        return list;
    }

    private static List<Operand> of(OnnxNode node) {
        Scans scan = new Scans(node, node.inputCount());
        List<Operand> inputs = node.inputs();
        List<Operand> states = inputs.subList(0, scan.carried);
        List<Operand> sequences = inputs.subList(scan.carried, inputs.size());
        List<Long> axes = scan.listed("scan_input_axes", scan.scanned);
        List<Integer> normal = IntStream.range(0, scan.scanned)
                .mapToObj(i -> Axes.normal(
                        node, axes.get(i), sequences.get(i).type().shape().rank()))
                .toList();
        return scan.run(
                states,
                sequences,
                normal,
                scan.listed("scan_input_directions", scan.scanned),
                scan.listed("scan_output_axes", scan.stacked),
                scan.listed("scan_output_directions", scan.stacked));
    }

    /// Opset 8 had a batch before the sequence, and sequences of different lengths.
    private static List<Operand> ofBatch(OnnxNode node) {
        if (node.optional(0).isPresent()) {
            throw node.unsupported("has sequence_lens, which are not supported");
        }
        Scans scan = new Scans(node, node.inputCount() - 1);
        List<Operand> inputs = IntStream.range(1, node.inputCount())
                .mapToObj(i -> node.input(i, "input " + i))
                .toList();
        if (inputs.stream().anyMatch(input -> input.type().shape().rank() == 0)) {
            throw node.fault(Code.SHAPE_RANK, "has an input without a batch", null);
        }
        long batch = inputs.getFirst().type().shape().dim(0);
        List<Long> directions = scan.listed("directions", scan.scanned);
        List<Long> first = Collections.nCopies(scan.stacked, 0L);
        List<List<Operand>> all = new ArrayList<>();
        for (long sample = 0; sample < batch; sample++) {
            long number = sample;
            List<Operand> own =
                    inputs.stream().map(input -> scan.slice(input, 0, number)).toList();
            all.add(scan.run(
                    own.subList(0, scan.carried),
                    own.subList(scan.carried, own.size()),
                    Collections.nCopies(scan.scanned, 0),
                    directions,
                    first,
                    first));
        }
        if (all.isEmpty()) {
            throw node.unsupported("has a batch of 0");
        }
        return IntStream.range(0, scan.carried + scan.stacked)
                .mapToObj(output -> ControlFlow.stack(
                        node, all.stream().map(own -> own.get(output)).toList(), 0))
                .toList();
    }

    /// Slice `number` along an axis, without that axis.
    private Operand slice(Operand x, int axis, long number) {
        Shape shape = x.type().shape();
        Operand part = new Formulas(node, x.type().element()).part(x, axis, number, number + 1);
        List<Long> dims = new ArrayList<>(shape.dims());
        dims.remove(axis);
        return node.apply(new Reshape(dims), part);
    }

    private List<Operand> run(
            List<Operand> initial,
            List<Operand> sequences,
            List<Integer> axes,
            List<Long> directions,
            List<Long> outputAxes,
            List<Long> outputDirections) {
        long steps = sequences.getFirst().type().shape().dim(axes.getFirst());
        for (int i = 0; i < scanned; i++) {
            if (sequences.get(i).type().shape().dim(axes.get(i)) != steps) {
                throw node.fault(
                        Code.SHAPE_MISMATCH,
                        "scans " + sequences.get(i).type() + " along axis " + axes.get(i) + " but the first of its"
                                + " sequences has " + steps + " slices",
                        null);
            }
        }
        if (steps == 0 && stacked > 0) {
            throw node.unsupported("scans a sequence without slices");
        }
        List<Operand> states = initial;
        List<List<Operand>> stacks = new ArrayList<>();
        IntStream.range(0, stacked).forEach(_ -> stacks.add(new ArrayList<>()));
        for (long step = 0; step < steps; step++) {
            List<Operand> arguments = new ArrayList<>(states);
            for (int i = 0; i < scanned; i++) {
                boolean backwards = directions.get(i) != 0;
                arguments.add(slice(sequences.get(i), axes.get(i), backwards ? steps - 1 - step : step));
            }
            List<Operand> results = node.inline(body, arguments);
            states = results.subList(0, carried);
            for (int i = 0; i < stacked; i++) {
                boolean backwards = outputDirections.get(i) != 0;
                stacks.get(i).add(backwards ? 0 : stacks.get(i).size(), results.get(carried + i));
            }
        }
        List<Operand> outputs = new ArrayList<>(states);
        for (int i = 0; i < stacked; i++) {
            int rank = stacks.get(i).getFirst().type().shape().rank();
            outputs.add(ControlFlow.stack(node, stacks.get(i), Axes.normal(node, outputAxes.get(i), rank + 1)));
        }
        return outputs;
    }
}
