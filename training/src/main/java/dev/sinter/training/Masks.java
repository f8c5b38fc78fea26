package dev.sinter.training;

import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import java.util.List;

/// The masks of dropout for each step, made from the seed and the step alone, so that training can go on from any step
/// ([Srivastava et al., 2014](https://jmlr.org/papers/v15/srivastava14a.html), with what is kept scaled up).
record Masks(List<TrainingGraph.Mask> masks, long seed) {
    Masks {
        masks = List.copyOf(masks);
    }

    List<Tensor> at(long step) {
        return masks.stream().map(mask -> tensor(mask, step)).toList();
    }

    private Tensor tensor(TrainingGraph.Mask mask, long step) {
        long own = RandomTensors.seedFor(seed + step, mask.input().name());
        Tensor uniform = RandomTensors.uniform(mask.input().type(), 0, 1, own);
        for (long i = 0; i < uniform.shape().elements(); i++) {
            uniform.set(i, uniform.get(i) < mask.ratio() ? 0 : 1 / (1 - mask.ratio()));
        }
        return uniform;
    }
}
