package dev.sinter.training;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.training.data.Batches;
import dev.sinter.training.data.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A network on a device whose parameters can be set again and again, to see how good they are. For one thread.
public final class Evaluation implements AutoCloseable {
    private final Executable executable;
    private final RunContext context;
    private final List<Value> parameters;
    private final Value images;
    private final Value output;
    private final int batch;

    private Evaluation(Executable executable, List<Value> parameters, Value images, int batch) {
        this.executable = executable;
        this.parameters = parameters;
        this.images = images;
        this.batch = batch;
        this.output = executable.outputs().getFirst();
        this.context = executable.newContext();
    }

    /// @param network on `batch` images, with its softmax if it has one
    public static Evaluation on(Device device, Graph network, int batch) {
        List<Value> parameters = Trainable.withStatistics(network);
        List<Value> inputs = new ArrayList<>(network.inputs());
        inputs.addAll(parameters);
        Map<Value, Tensor> constants = new LinkedHashMap<>(network.constants());
        parameters.forEach(constants::remove);
        Graph open = new Graph(network.name(), inputs, constants, network.nodes(), network.outputs());
        Executable executable = Sinter.compile(open, device);
        try {
            Evaluation evaluation =
                    new Evaluation(executable, parameters, network.inputs().getFirst(), batch);
            parameters.forEach(parameter -> evaluation.context.write(
                    parameter, Expect.present(network.constants().get(parameter), parameter)));
            return evaluation;
        } catch (RuntimeException | Error failure) {
            executable.close();
            throw failure;
        }
    }

    /// Runs the network on all of `data`.
    ///
    /// @param state parameters by name; one that it does not hold stays what it was, at first the network's own. What
    ///     else it holds does not matter
    public Scores of(Dataset data, Map<String, Tensor> state) {
        for (Value parameter : parameters) {
            Tensor tensor = state.get(parameter.name());
            if (tensor != null) {
                context.write(parameter, tensor);
            }
        }
        Scores.Counter counter = new Scores.Counter(data.classes());
        Batches batches = Batches.inOrder(data, batch);
        Tensor pixels = Tensor.allocate(images.type());
        Tensor targets = Tensor.allocate(
                images.type().withShape(Shape.of(batch, data.classes().size())));
        for (int number = 0; number < batches.perEpoch(); number++) {
            batches.fill(0, number, pixels, targets);
            context.write(images, pixels);
            executable.steps().forEach(context::start);
            context.finish();
            Tensor scores = context.read(output);
            int[] indices = batches.indices(0, number);
            for (int i = 0; i < batches.count(number); i++) {
                counter.add(data.label(indices[i]), scores, i);
            }
        }
        return counter.scores();
    }

    @Override
    public void close() {
        context.close();
        executable.close();
    }
}
