package dev.sinter.training;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What training came to.
///
/// @param parameters those of the best epoch, by name, with the running statistics of batch normalisation
/// @param epochs all that were trained, in order
public record Trained(Map<String, Tensor> parameters, List<EpochReport> epochs) {
    public Trained {
        parameters = new LinkedHashMap<>(parameters);
        epochs = List.copyOf(epochs);
    }

    /// The network, for any batch, with the trained parameters in place of its own.
    public Graph applyTo(Graph network) {
        Map<Value, Tensor> constants = new LinkedHashMap<>();
        network.constants()
                .forEach((constant, tensor) ->
                        constants.put(constant, parameters.getOrDefault(constant.name(), tensor)));
        return network.with(constants, network.nodes());
    }

    /// The epoch that the parameters are from.
    public EpochReport best() {
        EpochReport best = epochs.getFirst();
        for (EpochReport epoch : epochs) {
            best = epoch.score() > best.score() ? epoch : best;
        }
        return best;
    }
}
