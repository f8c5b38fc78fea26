package dev.sinter.training;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Dropout;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// A network as it is while it learns: its parameters are inputs, batch normalisation goes by the statistics of the
/// batch, and dropout by a mask that is an input too.
final class TrainingForm {
    /// How much of the running statistics each batch replaces.
    static final double STATISTICS_MOMENTUM = 0.1;

    private final Graph network;
    private final Graph.Builder graph;
    private final Map<Value, Value> standsFor = new IdentityHashMap<>();
    private final List<Parameter.Carried> statistics = new ArrayList<>();
    private final List<TrainingGraph.Mask> masks = new ArrayList<>();

    private TrainingForm(Graph network) {
        this.network = network;
        this.graph = Graph.builder(network.name());
    }

    static TrainingForm of(Graph network) {
        TrainingForm form = new TrainingForm(network);
        form.build();
        return form;
    }

    private void build() {
        network.inputs().forEach(input -> standsFor.put(input, graph.input(input.name(), input.type())));
        List<Value> changing = Trainable.withStatistics(network);
        network.constants()
                .forEach((constant, tensor) -> standsFor.put(
                        constant,
                        changing.contains(constant)
                                ? graph.input(constant.name(), constant.type())
                                : graph.constant(constant.name(), tensor)));
        network.nodes().forEach(this::node);
    }

    private void node(Node node) {
        Value output = switch (node.op()) {
            case BatchNormalization norm -> batchNorm(node, norm);
            case Dropout(double ratio) when ratio > 0 -> dropout(node, ratio);
            default -> copy(node);
        };
        standsFor.put(node.output(), output);
    }

    private Value copy(Node node) {
        Node copied = Node.infer(
                node.name(), node.op(), node.inputs().stream().map(this::now).toList());
        for (int output = 1; output < node.outputs().size(); output++) {
            standsFor.put(node.outputs().get(output), copied.outputs().get(output));
        }
        return graph.add(copied).output();
    }

    private Value dropout(Node node, double ratio) {
        Value x = now(node.input(0));
        Value mask = graph.input(node.name() + ".mask", x.type());
        masks.add(new TrainingGraph.Mask(mask, ratio));
        return graph.add(node.name(), new Binary(Binary.Kind.MUL), x, mask);
    }

    /// The formula of Ioffe and Szegedy (2015), algorithm 1; the running variance is the unbiased one.
    private Value batchNorm(Node node, BatchNormalization norm) {
        Value x = now(node.input(0));
        Shape shape = x.type().shape();
        long channels = shape.dim(1);
        long perChannel = shape.elements() / channels;
        List<Long> others = LongStream.range(0, shape.rank())
                .filter(axis -> axis != 1)
                .boxed()
                .toList();
        Op meanOf = new Reduce(Reduce.Kind.MEAN, others, true);
        Formula formula = new Formula(graph, node.name());

        Value mean = formula.add(meanOf, x);
        Value centred = formula.minus(x, mean);
        Value variance = formula.add(meanOf, formula.times(centred, centred));
        Value normal = formula.over(centred, formula.sqrt(formula.plus(variance, norm.epsilon())));
        List<Long> stretched = new ArrayList<>(List.of(channels));
        LongStream.range(2, shape.rank()).forEach(_ -> stretched.add(1L));
        Value scale = formula.add(new Reshape(stretched), now(node.input(1)));
        Value bias = formula.add(new Reshape(stretched), now(node.input(2)));

        double unbiased = perChannel > 1 ? (double) perChannel / (perChannel - 1) : 1;
        follow(node.input(3), mean, 1, formula);
        follow(node.input(4), variance, unbiased, formula);
        return graph.add(node.name(), Binary.ADD, formula.times(normal, scale), bias);
    }

    /// running ← (1 - momentum) · running + momentum · factor · statistic.
    private void follow(Value constant, Value statistic, double factor, Formula formula) {
        Value running = now(constant);
        Value flat = formula.add(new Reshape(constant.type().shape().dims()), statistic);
        Value next =
                formula.plusScaled(formula.times(running, 1 - STATISTICS_MOMENTUM), flat, STATISTICS_MOMENTUM * factor);
        statistics.add(new Parameter.Carried(running, next));
    }

    /// What a value of the network is in the training graph.
    Value now(Value value) {
        return Expect.present(standsFor.get(value), value);
    }

    Value input(String name, TensorType type) {
        return graph.input(name, type);
    }

    Graph.Builder graph() {
        return graph;
    }

    /// The running statistics of batch normalisation, by the names they have in the network.
    List<Parameter.Carried> statistics() {
        return statistics;
    }

    List<TrainingGraph.Mask> masks() {
        return masks;
    }
}
