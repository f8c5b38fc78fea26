package dev.sinter.training;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds where a loss stopped being a number: the step is run once more, and every tensor looked at.
final class Divergence {
    private static final String HINT = "use a smaller learning rate; look for odd values in the data";

    private Divergence() {}

    /// @param state before the step
    /// @param step counted from 1
    static CompileException of(
            TrainingGraph training,
            Device device,
            Map<String, Tensor> state,
            Tensor images,
            Tensor targets,
            List<Tensor> masks,
            long step,
            double rate) {
        String where = "step " + step;
        String fact = firstOdd(state)
                .map(name -> "the loss is no longer a number: the step before made " + name + " infinite or NaN")
                .or(() -> isFinite(images)
                        ? Optional.empty()
                        : Optional.of("the loss is not a number: the images hold infinite or NaN values"))
                .orElseGet(() -> "the loss is no longer a number: the first tensor that is infinite or NaN is what "
                        + firstLayer(training, device, state, images, targets, masks) + " yields");
        return new CompileException(
                Code.TRAINING_DIVERGED, where, fact + " (learning rate " + (float) rate + ")", HINT);
    }

    private static Optional<String> firstOdd(Map<String, Tensor> state) {
        return state.entrySet().stream()
                .filter(entry -> !isFinite(entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static String firstLayer(
            TrainingGraph training,
            Device device,
            Map<String, Tensor> state,
            Tensor images,
            Tensor targets,
            List<Tensor> masks) {
        CompileOptions options = CompileOptions.DEFAULT.withIntermediatesKept();
        try (Executable executable = Sinter.compile(training.graph(), device, options);
                RunContext context = executable.newContext()) {
            training.carried()
                    .forEach(carried ->
                            context.write(carried.input(), Expect.present(state.get(carried.name()), carried.name())));
            context.write(training.images(), images);
            context.write(training.targets(), targets);
            training.scalars().forEach(scalar -> context.write(scalar, Tensor.filled(scalar.type(), 1)));
            for (int place = 0; place < masks.size(); place++) {
                context.write(training.masks().get(place).input(), masks.get(place));
            }
            for (Step step : executable.steps()) {
                context.start(step);
                context.finish();
                if (!step.outputs().stream().map(context::read).allMatch(Divergence::isFinite)) {
                    return step.cluster().nodes().getFirst().label();
                }
            }
        }
        return "the loss";
    }

    private static boolean isFinite(Tensor tensor) {
        for (long i = 0; i < tensor.shape().elements(); i++) {
            if (!Double.isFinite(tensor.get(i))) {
                return false;
            }
        }
        return true;
    }
}
