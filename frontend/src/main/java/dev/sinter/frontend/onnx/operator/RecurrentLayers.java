package dev.sinter.frontend.onnx.operator;

import static dev.sinter.frontend.onnx.operator.CellActivation.Kind.SIGMOID;
import static dev.sinter.frontend.onnx.operator.CellActivation.Kind.TANH;

import dev.sinter.frontend.onnx.node.Formulas;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.operator.Recurrence.RecurrentOutputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// RNN, GRU and LSTM, which become matrix products, functions and parts of tensors: as many as the sequence has steps.
final class RecurrentLayers {
    static final List<Row> ROWS = List.of(
            Row.many("RNN", 1, 2, RecurrentLayers::plain),
            Row.many("GRU", 1, 2, RecurrentLayers::gatedUnit),
            Row.many("LSTM", 1, 3, RecurrentLayers::longShortTerm));

    private static final int INITIAL_HIDDEN = 5;
    private static final int INITIAL_MEMORY = 6;
    private static final int PEEPHOLES = 7;
    private static final int GATES_OF_UNIT = 3;
    private static final int GATES_OF_MEMORY = 4;

    private RecurrentLayers() {}

    private static List<Operand> plain(OnnxNode node) {
        Recurrence layer = new Recurrence(node, 1);
        List<List<CellActivation>> activations = CellActivation.of(node, List.of(TANH), layer.directions());
        List<RecurrentOutputs> all = new ArrayList<>();
        for (int number = 0; number < layer.directions(); number++) {
            RecurrentCell cell = new RecurrentCell.Plain(
                    layer.recurrence(number, 0, 1), activations.get(number).getFirst());
            all.add(layer.run(number, cell, hidden(layer, number), 0));
        }
        return outputs(layer, all);
    }

    private static List<Operand> gatedUnit(OnnxNode node) {
        Recurrence layer = new Recurrence(node, GATES_OF_UNIT);
        List<List<CellActivation>> activations = CellActivation.of(node, List.of(SIGMOID, TANH), layer.directions());
        boolean resetsProduct = node.opset() >= 3 && node.attributes().flag("linear_before_reset", false);
        List<RecurrentOutputs> all = new ArrayList<>();
        for (int number = 0; number < layer.directions(); number++) {
            Optional<Operand> bias = resetsProduct
                    ? Optional.of(layer.recurrentBias(number, 2)
                            .orElseGet(() -> layer.formulas().zeros(layer.hidden())))
                    : Optional.empty();
            RecurrentCell cell = new RecurrentCell.GatedUnit(
                    layer.recurrence(number, 0, 2),
                    layer.recurrence(number, 2, GATES_OF_UNIT),
                    bias,
                    activations.get(number).get(0),
                    activations.get(number).get(1));
            all.add(layer.run(number, cell, hidden(layer, number), resetsProduct ? 1 : 0));
        }
        return outputs(layer, all);
    }

    private static List<Operand> longShortTerm(OnnxNode node) {
        Recurrence layer = new Recurrence(node, GATES_OF_MEMORY);
        List<List<CellActivation>> activations =
                CellActivation.of(node, List.of(SIGMOID, TANH, TANH), layer.directions());
        boolean coupled = node.attributes().flag("input_forget", false);
        Optional<Operand> weights = node.optional(PEEPHOLES)
                .map(given -> layer.require(given, "P", layer.directions(), 3 * layer.hidden()));
        List<RecurrentOutputs> all = new ArrayList<>();
        for (int number = 0; number < layer.directions(); number++) {
            int own = number;
            RecurrentCell cell = new RecurrentCell.LongShortTerm(
                    layer.recurrence(number, 0, GATES_OF_MEMORY),
                    weights.map(given -> peepholes(layer, layer.ofDirection(given, own)))
                            .orElse(List.of()),
                    coupled,
                    activations.get(number).get(0),
                    activations.get(number).get(1),
                    // What is clipped are sums of inputs, as other runtimes have it; the memory is none.
                    activations.get(number).get(2).unclipped());
            RecurrentCell.State before = new RecurrentCell.State(
                    layer.initial(INITIAL_HIDDEN, "initial_h", number),
                    Optional.of(layer.initial(INITIAL_MEMORY, "initial_c", number)));
            all.add(layer.run(number, cell, before, 0));
        }
        List<Operand> outputs = new ArrayList<>(outputs(layer, all));
        outputs.add(layer.last(all.stream()
                .map(direction -> direction.last().memory().orElseThrow())
                .toList()));
        return outputs;
    }

    private static List<Operand> peepholes(Recurrence layer, Operand weights) {
        Formulas formulas = layer.formulas();
        return IntStream.range(0, 3)
                .mapToObj(gate -> formulas.part(weights, 0, gate * layer.hidden(), (gate + 1) * layer.hidden()))
                .toList();
    }

    private static RecurrentCell.State hidden(Recurrence layer, int number) {
        return new RecurrentCell.State(layer.initial(INITIAL_HIDDEN, "initial_h", number));
    }

    private static List<Operand> outputs(Recurrence layer, List<RecurrentOutputs> all) {
        return List.of(
                layer.sequence(all),
                layer.last(
                        all.stream().map(direction -> direction.last().hidden()).toList()));
    }
}
