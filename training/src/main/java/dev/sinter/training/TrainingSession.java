package dev.sinter.training;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.type.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A training graph on a device, with its parameters in the device's memory from step to step. For one thread.
final class TrainingSession implements AutoCloseable {
    private final TrainingGraph training;
    private final Executable executable;
    private final RunContext context;

    /// What one step says of itself.
    ///
    /// @param loss before the step
    /// @param output what the network said of the batch
    record Outcome(double loss, Tensor output) {}

    private TrainingSession(TrainingGraph training, Executable executable, RunContext context) {
        this.training = training;
        this.executable = executable;
        this.context = context;
    }

    /// @throws CompileException if the device cannot hold or build it
    static TrainingSession on(Device device, TrainingGraph training) {
        Executable executable = Sinter.compile(training.graph(), device);
        try {
            return new TrainingSession(training, executable, executable.newContext());
        } catch (RuntimeException | Error failure) {
            executable.close();
            throw failure;
        }
    }

    /// Sets what steps carry on from, by name.
    void set(Map<String, Tensor> state) {
        for (Parameter.Carried carried : training.carried()) {
            context.write(carried.input(), Expect.present(state.get(carried.name()), carried.name()));
        }
    }

    /// What the next step would carry on from, by name.
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        training.carried().forEach(carried -> state.put(carried.name(), context.read(carried.input())));
        return state;
    }

    /// Takes a step, unless the loss is not a number.
    ///
    /// @param scalars in the order of [TrainingGraph#scalars()]
    /// @param masks in the order of [TrainingGraph#masks()]
    Outcome step(Tensor images, Tensor targets, double[] scalars, List<Tensor> masks) {
        context.write(training.images(), images);
        context.write(training.targets(), targets);
        for (int place = 0; place < scalars.length; place++) {
            context.write(
                    training.scalars().get(place),
                    Tensor.filled(training.scalars().get(place).type(), scalars[place]));
        }
        for (int place = 0; place < masks.size(); place++) {
            context.write(training.masks().get(place).input(), masks.get(place));
        }
        executable.steps().forEach(context::start);
        context.finish();
        Outcome outcome = new Outcome(context.read(training.loss()).get(0), context.read(training.output()));
        // Else it stays where it was, for whoever wants to know why.
        if (Double.isFinite(outcome.loss())) {
            training.carried().forEach(carried -> context.copy(carried.next(), carried.input()));
        }
        return outcome;
    }

    Executable executable() {
        return executable;
    }

    @Override
    public void close() {
        context.close();
        executable.close();
    }
}
