package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lets a convolution or pooling do the padding that stood before it for it alone, where what it pads with is the same:
/// zero for convolution; -infinity for max pooling, or zero if nothing in the input is below zero and no window lies in
/// the padding alone; zero for average pooling that counts the padding.
public record FoldPads() implements Rule {
    @Override
    public String name() {
        return "fold-pads";
    }

    @Override
    public Optional<Patch> apply(Graph graph, Node node) {
        boolean slides = node.op() instanceof Conv || node.op() instanceof MaxPool || node.op() instanceof AveragePool;
        if (!slides || !graph.hasOneUse(node.input(0))) {
            return Optional.empty();
        }
        Node above = graph.producer(node.input(0)).orElse(null);
        if (above == null || !(above.op() instanceof Pad pad) || !growsSpaceOnly(pad)) {
            return Optional.empty();
        }
        return padded(graph, node, above.input(0), pad)
                .map(op -> new Node(node.name(), op, withFirst(node.inputs(), above.input(0)), node.outputs()))
                // With ceilMode the last window may be left out for another reason than before.
                .filter(padded -> padded.op()
                        .infer(padded.signature().inputs())
                        .equals(node.signature().outputs()))
                .map(Patch::replace);
    }

    private static boolean growsSpaceOnly(Pad pad) {
        List<Long> pads = pad.pads();
        int rank = pads.size() / 2;
        return pad.mode() == Pad.Mode.CONSTANT
                && pads.stream().allMatch(extent -> extent >= 0)
                && pads.get(0) + pads.get(1) + pads.get(rank) + pads.get(rank + 1) == 0;
    }

    private static Optional<Op> padded(Graph graph, Node node, Value input, Pad pad) {
        if (node.op() instanceof Conv(var strides, var pads, var dilations, long groups) && pad.value() == 0) {
            return Optional.of(new Conv(strides, sum(pads, pad), dilations, groups));
        }
        if (node.op() instanceof MaxPool(var window)) {
            Window grown = grown(window, pad);
            boolean same = pad.value() == Double.NEGATIVE_INFINITY
                    || pad.value() == 0 && isNeverNegative(graph, input) && everyWindowMeets(input, grown, node);
            return same ? Optional.of(new MaxPool(grown)) : Optional.empty();
        }
        if (node.op() instanceof AveragePool(var window, boolean countIncludePad) && pad.value() == 0) {
            // The pool's own padding is either counted like that of the pad, or there is none.
            boolean same = countIncludePad || window.pads().stream().allMatch(own -> own == 0);
            return same ? Optional.of(new AveragePool(grown(window, pad), true)) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Window grown(Window window, Pad pad) {
        return new Window(
                window.kernel(), window.strides(), sum(window.pads(), pad), window.dilations(), window.ceilMode());
    }

    private static List<Long> sum(List<Long> own, Pad pad) {
        int spatial = own.size() / 2;
        List<Long> sums = new ArrayList<>();
        for (int axis = 0; axis < spatial; axis++) {
            sums.add(own.get(axis) + pad.pads().get(axis + 2));
        }
        for (int axis = 0; axis < spatial; axis++) {
            sums.add(own.get(spatial + axis) + pad.pads().get(spatial + axis + 4));
        }
        return sums;
    }

    private static boolean isNeverNegative(Graph graph, Value value) {
        Op op = graph.producer(value).map(Node::op).orElse(null);
        if (op instanceof Clip clip) {
            return Math.min(clip.min(), clip.max()) >= 0;
        }
        return op instanceof Unary(var kind)
                && switch (kind) {
                    case RELU, SIGMOID, EXP, SQRT, ABS -> true;
                    case COSH, ACOS, ACOSH -> true;
                    case TANH, LOG, NEGATE, RECIPROCAL, ERF, FLOOR, CEIL, ROUND, SIGN -> false;
                    case SIN, COS, TAN, ASIN, ATAN, SINH, ASINH, ATANH -> false;
                };
    }

    /// True if every window has an element of the input in it; for windows without gaps it is enough that the first
    /// and the last have one.
    private static boolean everyWindowMeets(Value input, Window window, Node node) {
        for (int axis = 0; axis < window.rank(); axis++) {
            long extent = input.type().shape().dim(axis + 2);
            long windows = node.output().type().shape().dim(axis + 2);
            long last = (windows - 1) * window.strides().get(axis) - window.padBegin(axis);
            boolean meets = window.dilations().get(axis) == 1
                    && window.kernel().get(axis) > window.padBegin(axis)
                    && last < extent;
            if (!meets) {
                return false;
            }
        }
        return true;
    }

    private static List<Value> withFirst(List<Value> values, Value first) {
        List<Value> changed = new ArrayList<>(values);
        changed.set(0, first);
        return changed;
    }
}
