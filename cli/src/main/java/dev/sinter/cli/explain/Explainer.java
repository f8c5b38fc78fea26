package dev.sinter.cli.explain;

import dev.sinter.cli.verify.RandomInputs;
import dev.sinter.ir.analysis.Equivariance;
import dev.sinter.ir.analysis.Invariance;
import dev.sinter.ir.analysis.KernelFlip;
import dev.sinter.ir.analysis.MovablePicture;
import dev.sinter.ir.analysis.NetworkFacts;
import dev.sinter.ir.analysis.NetworkRunner;
import dev.sinter.ir.analysis.OtherSize;
import dev.sinter.ir.analysis.PoolingVariant;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out what is to be told of a network.
public final class Explainer {
    private final String model;
    private final NetworkFacts facts;
    private final long seed;

    /// @throws dev.sinter.ir.diag.CompileException if the network has no input like a picture
    public Explainer(String model, Graph graph, long seed) {
        this.model = model;
        this.facts = NetworkFacts.of(graph);
        this.seed = seed;
    }

    /// What needs no run.
    public Explanation fromShapes() {
        return explanation(Optional.empty());
    }

    /// Everything.
    ///
    /// @param inputs what to show to the network, by input; empty for made-up pictures
    public Explanation measuredOn(Device device, CompileOptions options, Optional<Map<String, Tensor>> inputs) {
        NetworkRunner machine = new DeviceRunner(device, options);
        Map<String, Tensor> others =
                inputs.orElseGet(() -> RandomInputs.of(facts.graph().inputs(), seed));
        Optional<Tensor> given =
                inputs.map(tensors -> tensors.get(facts.picture().name()));
        MovablePicture plane = given.map(MovablePicture::given)
                .orElseGet(() -> MovablePicture.endless(facts.picture().type(), seed));
        MovablePicture object = given.map(MovablePicture::given)
                .orElseGet(() -> MovablePicture.object(facts.picture().type(), seed));
        String shown = given.isPresent()
                ? "the picture given; where it moved away, its edge is repeated"
                : "smooth random numbers of seed " + seed;
        return explanation(Optional.of(new Explanation.Measured(
                device.id() + " (" + device.name() + ")",
                shown,
                Equivariance.of(facts, machine, plane, others),
                invariance(machine, object, others))));
    }

    private List<Invariance> invariance(NetworkRunner machine, MovablePicture object, Map<String, Tensor> others) {
        Optional<Value> answer = Invariance.answer(facts);
        if (answer.isEmpty()) {
            return List.of();
        }
        List<Invariance> measured = new ArrayList<>();
        for (PoolingVariant variant : PoolingVariant.values()) {
            if (variant == PoolingVariant.AS_IT_IS || PoolingVariant.hasPooling(facts.graph())) {
                measured.add(Invariance.of(facts, answer.get(), variant, seed, machine, object, others));
            }
        }
        return measured;
    }

    private Explanation explanation(Optional<Explanation.Measured> measured) {
        return new Explanation(
                model,
                facts,
                KernelFlip.example(),
                measured,
                OtherSize.scaled(facts, 1, 1),
                List.of(OtherSize.scaled(facts, 3, 2), OtherSize.scaled(facts, 2, 1)));
    }
}
