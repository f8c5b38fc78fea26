package dev.sinter.training;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.gradient.Differentiated;
import dev.sinter.ir.gradient.Gradients;
import dev.sinter.ir.gradient.Losses;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One step of training as a graph like any other: a batch, its targets, the parameters and what the optimiser keeps go
/// in; the loss, the network's output and all that the next step needs come out.
///
/// @param images the network's input
/// @param targets one number per element of `output`
/// @param output what the loss judges; for classes the scores before softmax
/// @param scalars what the optimiser is told at each step, in the order of [Optimiser#scalars()]
/// @param statistics the running means and variances of batch normalisation
/// @param masks the masks of dropout
public record TrainingGraph(
        Graph graph,
        Value images,
        Value targets,
        Value output,
        Value loss,
        List<Parameter> parameters,
        List<Value> scalars,
        List<Parameter.Carried> statistics,
        List<Mask> masks) {
    /// The mask of one dropout: 0 where an element is dropped, 1 / (1 - ratio) elsewhere.
    public record Mask(Value input, double ratio) {}

    public TrainingGraph {
        parameters = List.copyOf(parameters);
        scalars = List.copyOf(scalars);
        statistics = List.copyOf(statistics);
        masks = List.copyOf(masks);
    }

    /// @param network of one input and one output, on as many images at once as a batch has
    /// @throws CompileException if the network has no parameters, or an operator in it has no gradient
    public static TrainingGraph of(Graph network, Loss loss, Optimiser optimiser) {
        requireOneInputAndOutput(network);
        TrainingForm form = TrainingForm.of(network);
        Value judged = form.now(judged(network, loss));
        Value targets = form.input("targets", judged.type());
        Value lossValue = switch (loss) {
            case CROSS_ENTROPY -> Losses.softmaxCrossEntropy(form.graph(), "loss", judged, targets);
            case MEAN_SQUARED_ERROR -> Losses.meanSquaredError(form.graph(), "loss", judged, targets);
        };
        form.statistics().forEach(statistic -> form.graph().output(statistic.next()));
        Graph forward = form.graph().output(lossValue, judged).build();

        List<Value> inputs = Trainable.of(network).stream().map(form::now).toList();
        if (inputs.isEmpty()) {
            throw new CompileException(
                    Code.GRAPH_STRUCTURE,
                    network.name(),
                    "has no parameters to train",
                    "weights are constants that convolutions and fully connected layers read");
        }
        Differentiated differentiated = Gradients.of(forward, lossValue, inputs);
        Graph.Builder step = differentiated.graph().toBuilder();
        List<Value> scalars = optimiser.scalars().stream()
                .map(name -> step.input(
                        "optimiser." + name, TensorType.of(judged.type().element())))
                .toList();
        List<Parameter> parameters = new ArrayList<>();
        for (Value input : inputs) {
            Value gradient = Expect.present(differentiated.gradients().get(input), input);
            parameters.add(update(step, optimiser, input, gradient, scalars));
        }
        step.output(lossValue, judged);
        form.statistics().forEach(statistic -> step.output(statistic.next()));
        parameters.stream().flatMap(TrainingGraph::carried).forEach(carried -> step.output(carried.next()));
        return new TrainingGraph(
                step.build(),
                form.now(network.inputs().getFirst()),
                targets,
                judged,
                lossValue,
                parameters,
                scalars,
                form.statistics(),
                form.masks());
    }

    private static void requireOneInputAndOutput(Graph network) {
        if (network.inputs().size() != 1 || network.outputs().size() != 1) {
            throw new CompileException(
                    Code.GRAPH_STRUCTURE,
                    network.name(),
                    "has " + network.inputs().size() + " inputs and "
                            + network.outputs().size() + " outputs but training takes 1 of each",
                    null);
        }
    }

    /// What the loss is a function of: the output or, as cross-entropy contains it, what a softmax there reads.
    private static Value judged(Graph network, Loss loss) {
        Value output = network.outputs().getFirst();
        Optional<Node> last = network.producer(output);
        boolean softmax = loss == Loss.CROSS_ENTROPY
                && last.isPresent()
                && last.get().op() instanceof Softmax(long axis)
                && output.type().shape().normaliseAxis(axis) == 1;
        return softmax ? last.get().input(0) : output;
    }

    private static Parameter update(
            Graph.Builder graph, Optimiser optimiser, Value input, Value gradient, List<Value> scalars) {
        List<Value> before = optimiser.states().stream()
                .map(name -> graph.input(input.name() + "." + name, input.type()))
                .toList();
        boolean decays = input.type().shape().rank() >= 2;
        List<Value> after = optimiser.update(
                new Formula(graph, input.name() + ".update"), input, gradient, before, scalars, decays);
        List<Parameter.Carried> states = new ArrayList<>();
        for (int state = 0; state < before.size(); state++) {
            states.add(new Parameter.Carried(before.get(state), after.get(state + 1)));
        }
        return new Parameter(input.name(), input, after.getFirst(), states);
    }

    /// Everything that one step leaves for the next.
    public List<Parameter.Carried> carried() {
        return Stream.concat(parameters.stream().flatMap(TrainingGraph::carried), statistics.stream())
                .toList();
    }

    private static Stream<Parameter.Carried> carried(Parameter parameter) {
        return Stream.concat(Stream.of(parameter.carried()), parameter.states().stream());
    }
}
